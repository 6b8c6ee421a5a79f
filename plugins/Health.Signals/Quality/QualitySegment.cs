namespace EdgeHost.Plugins.Health.Signals.Quality;

/// <summary>A stretch of one quality. Segments follow each other without a gap.</summary>
/// <param name="Start">The first sample.</param>
/// <param name="End">The sample after the last one.</param>
/// <param name="Level">How far it can be trusted.</param>
/// <param name="Problems">What is wrong.</param>
public readonly record struct QualitySegment(long Start, long End, SignalQuality Level, SignalProblems Problems);
