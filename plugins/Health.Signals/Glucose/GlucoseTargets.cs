namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>Ranges and how much time should be spent in them, by the international consensus on time in range (Battelino et al. 2019, Diabetes Care 42:1593). Immutable.</summary>
/// <param name="Name">Whom they are for.</param>
/// <param name="Low">Lower end of the target range, in mg/dL, inclusive.</param>
/// <param name="High">Upper end, inclusive.</param>
/// <param name="LeastInRange">Share of the time that should be in range.</param>
/// <param name="MostLow">Share that may be below <paramref name="Low"/>.</param>
/// <param name="MostVeryLow">Share that may be below 54 mg/dL.</param>
/// <param name="MostHigh">Share that may be above <paramref name="High"/>.</param>
/// <param name="MostVeryHigh">Share that may be above 250 mg/dL.</param>
public sealed record GlucoseTargets(string Name, double Low, double High, double LeastInRange, double MostLow, double MostVeryLow, double MostHigh, double MostVeryHigh)
{
    /// <summary>Below this, in mg/dL, glucose is very low ("level 2").</summary>
    public const double VeryLow = 54;

    /// <summary>Above this, in mg/dL, glucose is very high ("level 2").</summary>
    public const double VeryHigh = 250;

    /// <summary>Most adults with type 1 or type 2 diabetes.</summary>
    public static GlucoseTargets Adults { get; } = new("adults", 70, 180, 0.70, 0.04, 0.01, 0.25, 0.05);

    /// <summary>Older people and people at high risk. The consensus sets no limit for 180 to 250 mg/dL; the half that may be out of range stands for it.</summary>
    public static GlucoseTargets OlderOrHighRisk { get; } = new("older_or_high_risk", 70, 180, 0.50, 0.01, 0.01, 0.50, 0.10);

    /// <summary>Pregnancy with type 1 diabetes: a range of 63 to 140 mg/dL. The consensus sets no limit of its own for 250 mg/dL; that of high values stands for it.</summary>
    public static GlucoseTargets Pregnancy { get; } = new("pregnancy", 63, 140, 0.70, 0.04, 0.01, 0.25, 0.25);
}
