namespace EdgeHost.Jobs.Specs;

/// <summary>How a job's model comes into use where another version serves already; the first version serves at once, unless it is only stored. Immutable.</summary>
public sealed record DeploySpec
{
    /// <summary>Where it begins. Default <see cref="DeployStart.Shadow"/>.</summary>
    public DeployStart Start { get; init; } = DeployStart.Shadow;

    /// <summary>Calls that each stage lasts at least; null for the host's rule, as all below.</summary>
    public int? MinCalls { get; init; }

    /// <summary>The least share of answers that agree with the version that serves, 0 to 1.</summary>
    public double? MinAgreement { get; init; }

    /// <summary>The most times as long a run may take.</summary>
    public double? MaxLatencyRatio { get; init; }

    /// <summary>How much higher the share of failed calls may be, 0 to 1.</summary>
    public double? MaxErrorRate { get; init; }

    /// <summary>The least accuracy to be gained on the held out examples, -1 to 1.</summary>
    public double? MinAccuracyGain { get; init; }

    /// <summary>The most accuracy that may be lost, on the held out examples and by feedback, 0 to 1.</summary>
    public double? MaxAccuracyDrop { get; init; }

    /// <summary>Answers with feedback before feedback counts.</summary>
    public int? MinFeedback { get; init; }
}
