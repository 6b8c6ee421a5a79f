using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Transcriptions;

/// <summary>A stretch of speech; times in seconds.</summary>
internal sealed record SegmentBody(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("start")] double Start,
    [property: JsonPropertyName("end")] double End,
    [property: JsonPropertyName("text")] string Text);
