using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>A text, spoken.</summary>
[WireMessage]
public sealed partial class SynthesizeResponse
{
    /// <summary>A WAV file: one channel of 16-bit integers.</summary>
    public required ReadOnlyMemory<byte> Audio { get; init; }

    /// <summary>Samples a second.</summary>
    [WireField(Minimum = 1)]
    public required int SampleRateHz { get; init; }

    /// <summary>Length in milliseconds.</summary>
    [WireField(Minimum = 0)]
    public required long DurationMs { get; init; }

    /// <summary>The voice that spoke.</summary>
    public required string Voice { get; init; }

    /// <summary>The engine behind the voice: <c>espeak-ng</c>, <c>flite</c> or <c>piper</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
