using System.Text.Json.Serialization;
using EdgeHost.Capabilities.Speech;

namespace EdgeHost.Gateway.Transcriptions;

/// <summary>A transcript with its stretches; times in seconds. What OpenAI's models say of themselves besides, such as the probability of silence, is left out: these models do not say it.</summary>
internal sealed record VerboseTranscriptBody(
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("duration")] double Duration,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("segments")] IReadOnlyList<SegmentBody> Segments)
{
    [JsonPropertyName("task")]
    public string Task => "transcribe";

    public static VerboseTranscriptBody Of(TranscribeResponse response) => new(
        response.Language,
        response.DurationMs / 1000.0,
        response.Text,
        [.. response.Segments.Select(static (segment, i) => new SegmentBody(i, segment.StartMs / 1000.0, segment.EndMs / 1000.0, segment.Text))]);
}
