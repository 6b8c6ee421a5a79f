using System.Text.Json.Serialization;

namespace EdgeHost.Runtime.Models;

/// <summary>The file of <see cref="ModelHistoryFile"/>.</summary>
/// <param name="Format">Its format, so that a later one is told apart.</param>
/// <param name="Models">The models.</param>
internal sealed record ModelHistoryContent(int Format, IReadOnlyList<ModelMemoryRecord?>? Models);

/// <summary>Reads and writes it without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelHistoryContent))]
internal sealed partial class ModelHistoryJson : JsonSerializerContext;
