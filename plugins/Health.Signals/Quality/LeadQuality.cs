namespace EdgeHost.Plugins.Health.Signals.Quality;

/// <summary>How far one lead of several can be trusted by itself.</summary>
/// <param name="Level">The quality of the whole lead: poor where less than half of it is usable, none where less than a tenth is.</param>
/// <param name="UsableShare">The share of the time that is good or fair, 0 to 1.</param>
public readonly record struct LeadQuality(SignalQuality Level, double UsableShare);
