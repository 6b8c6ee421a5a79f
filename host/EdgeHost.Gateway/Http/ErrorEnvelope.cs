using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Http;

/// <summary>What stands around an error.</summary>
internal sealed record ErrorEnvelope([property: JsonPropertyName("error")] ErrorBody Error);
