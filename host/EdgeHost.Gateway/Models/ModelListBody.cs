using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Models;

/// <summary>The list of models.</summary>
internal sealed record ModelListBody([property: JsonPropertyName("data")] IReadOnlyList<ModelBody> Data)
{
    [JsonPropertyName("object")]
    public string Object => "list";
}
