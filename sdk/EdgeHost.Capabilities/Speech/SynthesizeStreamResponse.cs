using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>The end of a spoken text.</summary>
[WireMessage]
public sealed partial class SynthesizeStreamResponse
{
    /// <summary>Samples a second.</summary>
    [WireField(Minimum = 1)]
    public required int SampleRateHz { get; init; }

    /// <summary>Length in milliseconds.</summary>
    [WireField(Minimum = 0)]
    public required long DurationMs { get; init; }

    /// <summary>The voice that spoke.</summary>
    public required string Voice { get; init; }

    /// <summary>The engine behind the voice.</summary>
    public required string Engine { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
