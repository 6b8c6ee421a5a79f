namespace EdgeHost.Deployment.Gates;

/// <summary>Answers with feedback.</summary>
/// <param name="Correct">Those that were right.</param>
/// <param name="Wrong">Those that were wrong.</param>
public readonly record struct FeedbackCount(long Correct, long Wrong)
{
    /// <summary>All.</summary>
    public long Total => Correct + Wrong;

    /// <summary>The share that was right; null without any.</summary>
    public double? Accuracy => Total == 0 ? null : (double)Correct / Total;
}
