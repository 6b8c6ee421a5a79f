using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>What a stream has besides its text.</summary>
internal sealed class StreamOptionsBody
{
    [JsonPropertyName("include_usage")]
    public bool? IncludeUsage { get; init; }
}
