using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>A stretch of a pulse signal and what it is worth.</summary>
/// <param name="StartMs">Its start, in ms on the clock of the frames.</param>
/// <param name="EndMs">Its end.</param>
/// <param name="Level">How far it can be trusted.</param>
/// <param name="Problems">What is wrong.</param>
/// <param name="Channel">The channel that pulses were taken from.</param>
/// <param name="Likeness">How alike the pulses are: the mean correlation of each with their mean, −1 to 1 (Orphanidou et al. 2015, IEEE J Biomed Health Inform 19:832).</param>
public readonly record struct PpgSegment(double StartMs, double EndMs, SignalQuality Level, SignalProblems Problems, int Channel, double Likeness);
