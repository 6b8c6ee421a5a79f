namespace EdgeHost.Plugins.Health.Signals.Rhythm;

/// <summary>A stretch of one rhythm. Segments follow each other without a gap from the signal's start to its end.</summary>
/// <param name="Start">The first sample.</param>
/// <param name="End">The sample after the last one.</param>
/// <param name="Kind">The rhythm.</param>
/// <param name="Confidence">0 to 1: how far the figures are from the limits and how clean the signal is; 0 where it cannot be told.</param>
public readonly record struct RhythmSegment(long Start, long End, RhythmKind Kind, double Confidence);
