using System.Text.Json;

namespace EdgeHost.Jobs.Specs;

/// <summary>Examples in the specification itself, for tiny sets. Immutable.</summary>
/// <param name="Inputs">The values of each input of the network, a list for each example.</param>
/// <param name="Labels">The label of each example where the task is to classify; null otherwise.</param>
/// <param name="Targets">The numbers of each example where the task is regression; null otherwise.</param>
public sealed record InlineData(IReadOnlyDictionary<string, JsonElement> Inputs, IReadOnlyList<string>? Labels, JsonElement? Targets);
