using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>How good the models are.</summary>
[WireMessage]
public sealed partial class EvaluateResponse
{
    /// <summary>The blend and each kind on what was held out.</summary>
    public required IReadOnlyList<ModelFigures> Figures { get; init; }

    /// <summary>Users with held-out items.</summary>
    public required int Users { get; init; }

    /// <summary>Held-out items of all of them.</summary>
    public required long HeldOut { get; init; }

    /// <summary>From the lists that explored; absent without any.</summary>
    public PolicyFigures? Policy { get; init; }
}
