using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Http;

/// <summary>An error as programs of OpenAI's interface know it.</summary>
internal sealed record ErrorBody(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("param"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    [property: JsonPropertyName("code")] string? Code);
