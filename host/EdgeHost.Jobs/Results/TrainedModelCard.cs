using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Results;

/// <summary>What is in <c>model.json</c> beside a trained model: all that is needed to use it. Immutable.</summary>
public sealed partial record TrainedModelCard
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary><c>classify</c>, <c>regress</c> or <c>rank</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The labels in the order of the outputs; empty where the task is not to classify.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What it takes: <c>text</c>, <c>image</c>, <c>audio</c>, <c>features</c>; null where its inputs were given inline.</summary>
    public string? Kind { get; init; }

    /// <summary>The dataset that it learned from, or null.</summary>
    public string? Dataset { get; init; }

    /// <summary>How contents become the vector of its input; null where they are features already.</summary>
    public JsonElement? Preprocessing { get; init; }

    /// <summary>The inputs.</summary>
    public required IReadOnlyList<ModelTensor> Inputs { get; init; }

    /// <summary>The output.</summary>
    public required ModelTensor Output { get; init; }

    /// <summary>What the outputs are: <c>probabilities</c>, <c>logits</c> (one label of several), <c>sigmoid_logits</c> (each by itself), <c>values</c>.</summary>
    public required string OutputForm { get; init; }

    /// <summary>What it is worth.</summary>
    public required JobMetrics Metrics { get; init; }

    /// <summary>The scores of the labels, 0 to 1, in their order.</summary>
    /// <param name="outputs">The outputs for one example.</param>
    public float[] ScoresOf(ReadOnlySpan<float> outputs) => Running.OutputForms.Scores(OutputForm, outputs, Labels.Count);

    /// <summary>Writes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CardJson.Default.TrainedModelCard);

    /// <summary>Reads it; null where it is damaged.</summary>
    public static TrainedModelCard? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CardJson.Default.TrainedModelCard);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonSerializable(typeof(TrainedModelCard))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    private sealed partial class CardJson : JsonSerializerContext;
}
