using System.Text.Json.Serialization;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>How <see cref="JsonBytes"/> is written, made by the compiler.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JsonBytes))]
internal sealed partial class JsonBytesContext : JsonSerializerContext;
