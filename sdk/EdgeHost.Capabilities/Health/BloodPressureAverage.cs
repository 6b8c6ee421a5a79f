using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>An average of readings, in mmHg.</summary>
[WireMessage]
public sealed partial class BloodPressureAverage
{
    /// <summary>Systolic pressure.</summary>
    public required double Systolic { get; init; }

    /// <summary>Diastolic pressure.</summary>
    public required double Diastolic { get; init; }

    /// <summary>Mean arterial pressure: diastolic and a third of the pulse pressure.</summary>
    public required double MeanArterial { get; init; }

    /// <summary>Pulse pressure: systolic less diastolic.</summary>
    public required double PulsePressure { get; init; }

    /// <summary>Readings in the average; of three and more of one occasion the first is left out.</summary>
    [WireField(Minimum = 1)]
    public required int Readings { get; init; }

    /// <summary>Occasions that they are of.</summary>
    [WireField(Minimum = 1)]
    public required int Occasions { get; init; }

    /// <summary>Whether the guideline takes it for an average: at least two readings on at least two occasions.</summary>
    public required bool IsValid { get; init; }

    /// <summary>Standard deviation of the systolic values; absent for one.</summary>
    public double? SystolicDeviation { get; init; }

    /// <summary>Average real variability: the mean change of systolic pressure from one occasion to the next (Mena et al. 2005, J Hypertens 23:505); absent for one.</summary>
    public double? RealVariability { get; init; }
}
