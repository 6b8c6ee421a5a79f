using EdgeHost.Serialization;

namespace TestPlugins.ModelRunner;

/// <summary>What was found and leased.</summary>
[WireMessage]
public sealed partial class FindResponse
{
    /// <summary>The models, in the order that the host gave.</summary>
    public required IReadOnlyList<FoundModel> Models { get; init; }

    /// <summary>The model that was leased; null if the first one is not on the device.</summary>
    public string? Leased { get; init; }

    /// <summary>Its task, as the lease says.</summary>
    public string? LeasedTask { get; init; }

    /// <summary>Its properties, as the lease says.</summary>
    public IReadOnlyDictionary<string, string> LeasedProperties { get; init; } = new Dictionary<string, string>();
}
