namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>How a candidate stands against the levels of beats and of noise.</summary>
/// <param name="Value">1 for a beat as those before it.</param>
/// <param name="Needed">From where on it is a beat.</param>
/// <param name="NeededWhereMissing">The same where a beat is missing: half as far above noise.</param>
/// <param name="Noise">How high noise reaches there.</param>
/// <param name="IsWide">Whether it swings as far as a beat in a quiet signal, whatever its slope.</param>
internal readonly record struct QrsScore(double Value, double Needed, double NeededWhereMissing, double Noise, bool IsWide)
{
    public bool IsBeat => Value > Needed || IsWide;
}
