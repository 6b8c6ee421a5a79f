namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>A blood pressure value.</summary>
/// <param name="Time">When it was measured, with the person's offset from UTC: day and night are told by its clock.</param>
/// <param name="Systolic">In mmHg.</param>
/// <param name="Diastolic">In mmHg.</param>
public readonly record struct BloodPressureReading(DateTimeOffset Time, double Systolic, double Diastolic)
{
    /// <summary>Whether a cuff and a living person can give it: 50 to 260 over 30 to 160, at least 10 apart.</summary>
    public bool IsPlausible => Systolic is >= 50 and <= 260 && Diastolic is >= 30 and <= 160 && Systolic - Diastolic >= 10;

    /// <summary>Mean arterial pressure, in mmHg: diastolic and a third of the pulse pressure.</summary>
    public double Mean => Diastolic + ((Systolic - Diastolic) / 3);

    /// <summary>Systolic less diastolic, in mmHg.</summary>
    public double PulsePressure => Systolic - Diastolic;
}
