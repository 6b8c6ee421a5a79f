using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>A model that the host knows.</summary>
[WireMessage]
public sealed partial class ModelEntry
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Where it is.</summary>
    public required ModelState State { get; init; }

    /// <summary>What it is for, for example face_detection.</summary>
    public string? Task { get; init; }

    /// <summary>One sentence about it.</summary>
    public string? Summary { get; init; }

    /// <summary>Its licence as an SPDX identifier.</summary>
    public string? License { get; init; }

    /// <summary>Whether a person must accept the licence before it can be pulled.</summary>
    public bool RequiresAcceptance { get; init; }

    /// <summary>Where it is pulled from, for example npm:package@1.0.0.</summary>
    public string? Source { get; init; }

    /// <summary>Bytes of its files.</summary>
    [WireField(Minimum = 0)]
    public long SizeBytes { get; init; }

    /// <summary>Bytes of memory it uses now; absent if it is not resident.</summary>
    [WireField(Minimum = 0)]
    public long? ResidentBytes { get; init; }

    /// <summary>Precision variants it comes in, for example fp32 and int8.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>What its manifest says of it besides, for example its language; empty where it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Models that are pulled with it because it needs them, each as id or id@version.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Who keeps it in memory: apps by name, or operator; empty where nobody does.</summary>
    public IReadOnlyList<string> PinnedBy { get; init; } = [];
}
