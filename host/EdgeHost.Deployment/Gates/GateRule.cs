namespace EdgeHost.Deployment.Gates;

/// <summary>What a version must show before it goes on, as data. Immutable.</summary>
public sealed record GateRule
{
    private static readonly TimeSpan LargestFloor = TimeSpan.FromMinutes(1);

    /// <summary>Calls that a stage lasts at least: steps that were compared in shadow, calls that were served afterwards. 1 to 1,000,000, by default 50.</summary>
    public int MinCalls { get; init; } = 50;

    /// <summary>The least share of scores whose highest class is that of the version that serves, 0 to 1; null for none. Counts in shadow.</summary>
    public double? MinAgreement { get; init; }

    /// <summary>The largest relative difference of outputs that are no scores, 0 or more; null for none. Counts in shadow.</summary>
    public double? MaxDifference { get; init; }

    /// <summary>The most times as long as the version that serves a run may take, above 0; by default 2.</summary>
    public double MaxLatencyRatio { get; init; } = 2;

    /// <summary>A run that takes longer by less than this is not too slow, whatever the ratio; 0 to 1 minute, by default 1 ms.</summary>
    public TimeSpan LatencyFloor { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The most that its share of failed calls may be above that of the version that serves, 0 to 1; by default 0.02.</summary>
    public double MaxErrorRate { get; init; } = 0.02;

    /// <summary>The least accuracy that must be gained by the metrics of the lineage, -1 to 1; null for none. A lineage without them does not pass.</summary>
    public double? MinAccuracyGain { get; init; }

    /// <summary>The most accuracy that may be lost, by the metrics of the lineage and by feedback, 0 to 1; null for none. Where neither is known it passes.</summary>
    public double? MaxAccuracyDrop { get; init; }

    /// <summary>Answers with feedback of both versions before feedback counts; 1 to 1,000,000, by default 20.</summary>
    public int MinFeedback { get; init; } = 20;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: names the value and its range.</exception>
    public void Check()
    {
        Check(nameof(MinCalls), MinCalls, 1, 1_000_000);
        Check(nameof(MinAgreement), MinAgreement, 0, 1);
        Check(nameof(MaxDifference), MaxDifference, 0, double.MaxValue);
        Check(nameof(MaxLatencyRatio), MaxLatencyRatio, 0.01, 1000);
        if (LatencyFloor < TimeSpan.Zero || LatencyFloor > LargestFloor) throw new EdgeHostException(ErrorCode.InvalidArgument, $"{nameof(LatencyFloor)} of the gate is {LatencyFloor}; allowed are 0 to {LargestFloor}.");
        Check(nameof(MaxErrorRate), MaxErrorRate, 0, 1);
        Check(nameof(MinAccuracyGain), MinAccuracyGain, -1, 1);
        Check(nameof(MaxAccuracyDrop), MaxAccuracyDrop, 0, 1);
        Check(nameof(MinFeedback), MinFeedback, 1, 1_000_000);
    }

    private static void Check(string name, double? value, double least, double most)
    {
        if (value is null || (value >= least && value <= most)) return;
        throw new EdgeHostException(ErrorCode.InvalidArgument, $"{name} of the gate is {value}; allowed are {least} to {most}.");
    }
}
