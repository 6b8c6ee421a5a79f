using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Transcriptions;

/// <summary>A transcript, the text alone.</summary>
internal sealed record TranscriptBody([property: JsonPropertyName("text")] string Text);
