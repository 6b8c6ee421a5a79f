using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>What was deleted.</summary>
[WireMessage]
public sealed partial class ForgetResponse
{
    /// <summary>Events.</summary>
    public required long Events { get; init; }

    /// <summary>Items.</summary>
    public required long Items { get; init; }

    /// <summary>The version of the models that were built without it; 0 where nothing is left to build of.</summary>
    public required long Version { get; init; }
}
