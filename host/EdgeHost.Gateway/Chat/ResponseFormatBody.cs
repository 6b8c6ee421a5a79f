using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>The form that an answer must have.</summary>
internal sealed class ResponseFormatBody
{
    /// <summary><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>Of <c>json_schema</c>: an object whose field <c>schema</c> is the schema.</summary>
    [JsonPropertyName("json_schema")]
    public JsonElement JsonSchema { get; init; }
}
