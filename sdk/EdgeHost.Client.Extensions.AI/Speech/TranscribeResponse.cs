using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Speech;

/// <summary>What <c>speech.transcribe</c> gives.</summary>
[WireMessage]
internal sealed partial class TranscribeResponse
{
    public string Text { get; init; } = string.Empty;

    public IReadOnlyList<TranscribedSegment> Segments { get; init; } = [];

    /// <summary>The models that were used, as id@version.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
