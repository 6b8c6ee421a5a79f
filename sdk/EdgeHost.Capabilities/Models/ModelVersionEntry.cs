using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>A version of a model that was made on the device.</summary>
[WireMessage]
public sealed partial class ModelVersionEntry
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>The app that it is for; absent if it is for all.</summary>
    public string? App { get; init; }

    /// <summary>The user of that app; absent if it is for all.</summary>
    public long? User { get; init; }

    /// <summary>Where it is on its way.</summary>
    public required VersionStage Stage { get; init; }

    /// <summary>Why it is there.</summary>
    public required string Reason { get; init; }

    /// <summary>The shipped version that it was made of; absent for an app's own model.</summary>
    public string? Base { get; init; }

    /// <summary>The version that served when it was made; absent if there was none.</summary>
    public string? Parent { get; init; }

    /// <summary>Bytes of its files.</summary>
    [WireField(Minimum = 0)]
    public long Bytes { get; init; }

    /// <summary>Whether its files are still kept.</summary>
    public bool HasFiles { get; init; }

    /// <summary>When it was made, in milliseconds since 1970 UTC.</summary>
    public required long AddedMs { get; init; }

    /// <summary>When it came to its stage, in milliseconds since 1970 UTC.</summary>
    public required long ChangedMs { get; init; }

    /// <summary>Until when it is watched after it took over, in milliseconds since 1970 UTC; absent if it is not.</summary>
    public long? WatchedUntilMs { get; init; }

    /// <summary>Where it comes from, a JSON object: data, specification, seed, parent, metrics, time.</summary>
    public required string Lineage { get; init; }

    /// <summary>Its calls in this stage, or compared steps in shadow; absent where it is not tried or watched.</summary>
    [WireField(Minimum = 0)]
    public long? Calls { get; init; }

    /// <summary>How many of them failed.</summary>
    [WireField(Minimum = 0)]
    public long? Errors { get; init; }

    /// <summary>The share of scores with the same highest class as the version that serves, 0 to 1.</summary>
    public double? Agreement { get; init; }

    /// <summary>The largest difference of other outputs, relative to their size.</summary>
    public double? LargestDifference { get; init; }

    /// <summary>Its run time over that of the version that serves.</summary>
    public double? LatencyRatio { get; init; }

    /// <summary>Steps that could not be compared.</summary>
    [WireField(Minimum = 0)]
    public long? Dropped { get; init; }
}
