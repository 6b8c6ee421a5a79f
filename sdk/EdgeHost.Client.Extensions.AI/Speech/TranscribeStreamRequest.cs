using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Speech;

/// <summary>What <c>speech.transcribe_stream</c> begins with.</summary>
[WireMessage]
internal sealed partial class TranscribeStreamRequest
{
    public int? SampleRateHz { get; init; }

    public string? Language { get; init; }
}
