using System.Text.Json.Serialization;

namespace EdgeHost.Jobs.Storage;

[JsonSerializable(typeof(JobRecord))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class JobJson : JsonSerializerContext;
