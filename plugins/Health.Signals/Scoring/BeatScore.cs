namespace EdgeHost.Plugins.Health.Signals.Scoring;

/// <summary>How well found beats match a reference. Scores of records add up.</summary>
/// <param name="TruePositives">Reference beats that were found.</param>
/// <param name="FalseNegatives">Reference beats that were not.</param>
/// <param name="FalsePositives">Found beats that are none.</param>
/// <param name="SquaredErrorSeconds">The sum of the squared distances in time of the matches, in s².</param>
public readonly record struct BeatScore(long TruePositives, long FalseNegatives, long FalsePositives, double SquaredErrorSeconds)
{
    /// <summary>Sensitivity, 0 to 1: the share of reference beats that were found; NaN without any.</summary>
    public double Sensitivity => TruePositives / (double)(TruePositives + FalseNegatives);

    /// <summary>Positive predictive value, 0 to 1: the share of found beats that are right; NaN without any.</summary>
    public double PositivePredictivity => TruePositives / (double)(TruePositives + FalsePositives);

    /// <summary>The root mean square distance of matches, in ms.</summary>
    public double RmsErrorMs => TruePositives == 0 ? 0 : 1000 * Math.Sqrt(SquaredErrorSeconds / TruePositives);

    public static BeatScore operator +(BeatScore left, BeatScore right) => Add(left, right);

    /// <summary>The score of both records together ("gross").</summary>
    public static BeatScore Add(BeatScore left, BeatScore right) => new(
        left.TruePositives + right.TruePositives,
        left.FalseNegatives + right.FalseNegatives,
        left.FalsePositives + right.FalsePositives,
        left.SquaredErrorSeconds + right.SquaredErrorSeconds);
}
