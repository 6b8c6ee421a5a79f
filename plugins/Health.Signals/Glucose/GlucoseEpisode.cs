namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>A stretch of at least 15 minutes beyond a limit.</summary>
/// <param name="Kind">Which limit.</param>
/// <param name="Start">The first reading beyond it.</param>
/// <param name="End">The first reading of the 15 minutes back within it; of an episode that goes on, the newest reading.</param>
/// <param name="Extreme">The lowest or highest value, in mg/dL.</param>
/// <param name="GoesOn">Whether it had not ended with the last reading.</param>
public readonly record struct GlucoseEpisode(GlucoseEpisodeKind Kind, DateTimeOffset Start, DateTimeOffset End, double Extreme, bool GoesOn);
