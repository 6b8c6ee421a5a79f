using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Deployment.Gates;

/// <summary>The gate of versions that bring none of their own.</summary>
public sealed class GateOptions
{
    /// <summary>Calls that a stage lasts at least; 1 to 1,000,000, by default 50.</summary>
    [Range(1, 1_000_000)]
    public int MinCalls { get; set; } = 50;

    /// <summary>The least share of scores whose highest class is that of the version that serves; 0 to 1, by default 0.5. 0: none.</summary>
    [Range(0.0, 1.0)]
    public double MinAgreement { get; set; } = 0.5;

    /// <summary>The most times as long as the version that serves a run may take; 0.01 to 1000, by default 2.</summary>
    [Range(0.01, 1000.0)]
    public double MaxLatencyRatio { get; set; } = 2;

    /// <summary>A run that takes longer by less than this is not too slow, whatever the ratio: times below it are noise; 0 to 1 minute, by default 1 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan LatencyFloor { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The most that its share of failed calls may be above that of the version that serves; 0 to 1, by default 0.02.</summary>
    [Range(0.0, 1.0)]
    public double MaxErrorRate { get; set; } = 0.02;

    /// <summary>The most accuracy that may be lost, by the metrics of the lineage and by feedback; 0 to 1, by default 0.02.</summary>
    [Range(0.0, 1.0)]
    public double MaxAccuracyDrop { get; set; } = 0.02;

    /// <summary>Answers with feedback of both versions before feedback counts; 1 to 1,000,000, by default 20.</summary>
    [Range(1, 1_000_000)]
    public int MinFeedback { get; set; } = 20;

    /// <summary>The rule that these make.</summary>
    public GateRule ToRule() => new()
    {
        MinCalls = MinCalls,
        MinAgreement = MinAgreement > 0 ? MinAgreement : null,
        MaxLatencyRatio = MaxLatencyRatio,
        LatencyFloor = LatencyFloor,
        MaxErrorRate = MaxErrorRate,
        MaxAccuracyDrop = MaxAccuracyDrop,
        MinFeedback = MinFeedback,
    };
}
