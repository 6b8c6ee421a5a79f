namespace EdgeHost.Deployment.Gates;

/// <summary>What is known of a version on trial, beside the one that it would replace or has replaced. Immutable.</summary>
public sealed record GateFigures
{
    /// <summary>Its calls, or compared steps in shadow.</summary>
    public long Calls { get; init; }

    /// <summary>How many of them failed.</summary>
    public long Errors { get; init; }

    /// <summary>Calls of the other version.</summary>
    public long BaselineCalls { get; init; }

    /// <summary>The share of them that failed; 0 where there were none.</summary>
    public double BaselineErrorRate { get; init; }

    /// <summary>The share of scores with the same highest class; null where none was compared.</summary>
    public double? Agreement { get; init; }

    /// <summary>The largest relative difference of other outputs; null where none was compared.</summary>
    public double? LargestDifference { get; init; }

    /// <summary>Its run time over that of the other version, as the ratio of geometric means; of a canary by real calls, otherwise by steps that were run again on both. Null where either is not known.</summary>
    public double? LatencyRatio { get; init; }

    /// <summary>How much longer its runs take than those of the other version, by the same means; below 0 where they are shorter, null where it is not known.</summary>
    public TimeSpan? ExtraRunTime { get; init; }

    /// <summary>Accuracy by the lineage's metrics; null where they have none.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Accuracy of the other version on the same set; null where it is not known.</summary>
    public double? BaselineAccuracy { get; init; }

    /// <summary>Answers with feedback.</summary>
    public long Feedback { get; init; }

    /// <summary>The share of them that were right; null without any.</summary>
    public double? FeedbackAccuracy { get; init; }

    /// <summary>Answers of the other version with feedback.</summary>
    public long BaselineFeedback { get; init; }

    /// <summary>The share of them that were right; null without any.</summary>
    public double? BaselineFeedbackAccuracy { get; init; }

    /// <summary>Steps that were not compared because the host was busy, the step too large or of a kind that is not copied, or the machine on battery, hot or short of memory.</summary>
    public long Dropped { get; init; }

    /// <summary>Why it could not be loaded, or null.</summary>
    public string? LoadFailure { get; init; }
}
