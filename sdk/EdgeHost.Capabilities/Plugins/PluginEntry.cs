using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Plugins;

/// <summary>A plugin that the host found.</summary>
[WireMessage]
public sealed partial class PluginEntry
{
    /// <summary>Its id from the manifest; the folder's name where the manifest cannot be read.</summary>
    public required string Id { get; init; }

    /// <summary>Its version from the manifest; empty where it cannot be read.</summary>
    public string Version { get; init; } = "";

    /// <summary>What it is doing.</summary>
    public required PluginState State { get; init; }

    /// <summary>Why it is in that state, where there is something to say.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence from the manifest.</summary>
    public string? Summary { get; init; }

    /// <summary>Its methods.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Ids of the models it may lease.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Tasks whose models it may list and lease.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Calls it is serving now.</summary>
    [WireField(Minimum = 0)]
    public int ActiveCalls { get; init; }
}
