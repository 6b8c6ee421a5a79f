using System.Text.Json.Serialization;

namespace EdgeHost.Security.Usage;

[JsonSerializable(typeof(UsageContent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class UsageJson : JsonSerializerContext;

/// <summary>The content of the file.</summary>
/// <param name="Apps">What each app has used, the longest unused first.</param>
internal sealed record UsageContent(IReadOnlyList<SavedUsage> Apps);
