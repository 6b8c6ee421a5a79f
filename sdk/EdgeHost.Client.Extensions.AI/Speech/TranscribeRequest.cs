using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Speech;

/// <summary>What <c>speech.transcribe</c> takes.</summary>
[WireMessage]
internal sealed partial class TranscribeRequest
{
    /// <summary>A WAV or FLAC file, or raw PCM.</summary>
    public required ReadOnlyMemory<byte> Audio { get; init; }

    /// <summary>What raw PCM is; null for a file.</summary>
    public string? Format { get; init; }

    /// <summary>Of raw PCM.</summary>
    public int? SampleRateHz { get; init; }

    /// <summary>What is spoken.</summary>
    public string? Language { get; init; }
}
