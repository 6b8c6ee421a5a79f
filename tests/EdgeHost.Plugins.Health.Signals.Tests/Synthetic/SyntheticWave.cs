namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>A wave of a beat: a bell at a time after the R peak.</summary>
/// <param name="At">Its middle, in seconds.</param>
/// <param name="Width">Its standard deviation, in seconds.</param>
/// <param name="First">Its height in the first lead, in mV.</param>
/// <param name="Second">Its height in the second lead, in mV.</param>
internal readonly record struct SyntheticWave(double At, double Width, double First, double Second);
