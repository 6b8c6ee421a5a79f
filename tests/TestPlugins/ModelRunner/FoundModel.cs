using EdgeHost.Serialization;

namespace TestPlugins.ModelRunner;

/// <summary>A model as the plugin heard of it.</summary>
[WireMessage]
public sealed partial class FoundModel
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it is on the device.</summary>
    public bool IsInstalled { get; init; }

    /// <summary>Its licence.</summary>
    public required string Licence { get; init; }

    /// <summary>What brings it to the device.</summary>
    public required string PullCommand { get; init; }

    /// <summary>What its manifest says of it.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();
}
