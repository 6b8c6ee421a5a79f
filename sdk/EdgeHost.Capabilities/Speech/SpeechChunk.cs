using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>A piece of spoken text.</summary>
[WireMessage]
public sealed partial class SpeechChunk
{
    /// <summary>Samples: one channel of raw 16-bit integers, little-endian.</summary>
    public required ReadOnlyMemory<byte> Audio { get; init; }

    /// <summary>Samples a second, the same in all pieces.</summary>
    [WireField(Minimum = 1)]
    public required int SampleRateHz { get; init; }

    /// <summary>Which sentence it belongs to, from 0.</summary>
    [WireField(Minimum = 0)]
    public required int Sentence { get; init; }

    /// <summary>Where the sentence begins in the text, in UTF-16 characters.</summary>
    [WireField(Minimum = 0)]
    public required int TextStart { get; init; }

    /// <summary>How long the sentence is.</summary>
    [WireField(Minimum = 0)]
    public required int TextLength { get; init; }
}
