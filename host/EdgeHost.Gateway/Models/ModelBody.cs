using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Models;

/// <summary>A model of the list.</summary>
internal sealed record ModelBody(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("owned_by")] string OwnedBy)
{
    [JsonPropertyName("object")]
    public string Object => "model";
}
