namespace EdgeHost.Plugins.Health.Signals.Variability;

/// <summary>An interval between two normal beats that follow each other.</summary>
/// <param name="EndSeconds">When it ends, in seconds from the record's start.</param>
/// <param name="Milliseconds">Its length.</param>
public readonly record struct NnInterval(double EndSeconds, double Milliseconds)
{
    private const double SameInstantSeconds = 0.003;

    /// <summary>Whether it begins where the other one ends, so that no interval between them was left out.</summary>
    public bool Follows(NnInterval other) => Math.Abs(EndSeconds - (Milliseconds / 1000) - other.EndSeconds) < SameInstantSeconds;
}
