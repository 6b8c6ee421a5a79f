using System.Globalization;
using EdgeHost.Plugins.Recommendation.Engine.Networks;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

/// <summary>The towers as a network that is trained, and its parameters.</summary>
internal static class TowerNetwork
{
    private const string Table = "features";

    /// <summary>What is to be trained.</summary>
    /// <param name="examples">What it learns from.</param>
    /// <param name="features">What the item of each row is, one after another; empty where nothing is known.</param>
    /// <param name="rows">How many rows there are, with row 0.</param>
    /// <param name="options">How.</param>
    public static NetworkTask TaskOf(TowerExamples examples, float[] features, int rows, TowerOptions options) => new()
    {
        Network = Json(rows, features.Length > 0, options),
        Examples = examples.Count,
        Numbers = new Dictionary<string, ReadOnlyMemory<float>> { ["weights"] = examples.Weights },
        Ids = new Dictionary<string, ReadOnlyMemory<long>> { ["history"] = examples.History, ["ids"] = examples.Ids, ["target"] = new long[examples.Count] }
            .Concat(features.Length > 0 ? [new("items", (ReadOnlyMemory<long>)examples.Items)] : []).ToDictionary(),
        Tables = features.Length > 0 ? new Dictionary<string, (int, ReadOnlyMemory<float>)> { [Table] = (features.Length / rows, features) } : [],
        Steps = (int)Math.Clamp((long)examples.Pairs * options.Epochs / options.Batch, 1, options.MaxSteps),
        Batch = Math.Min(options.Batch, examples.Count),
        Rate = (float)options.LearningRate,
        WeightDecay = (float)options.WeightDecay,
        Seed = options.Seed,
    };

    private static string Json(int rows, bool hasFeatures, TowerOptions options)
    {
        var sources = hasFeatures ? "met" : "source";
        var targets = hasFeatures ? "item" : "target_id";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "inputs": [
                { "name": "history", "type": "int64", "shape": [{{options.HistoryItems}}] },
                { "name": "weights", "shape": [{{options.HistoryItems}}, 1] },
                {{(hasFeatures ? $$"""{ "name": "items", "type": "int64", "shape": [{{options.Negatives + 1}}] },""" : string.Empty)}}
                { "name": "ids", "type": "int64", "shape": [{{options.Negatives + 1}}] }
              ],
              "layers": [
                { "name": "source", "kind": "embedding", "inputs": ["history"], "count": {{rows}}, "width": {{options.Width}}, "deviation": 0.1 },
                {{(hasFeatures ? Known("met", "source", "history", options) : string.Empty)}}
                { "name": "weighed", "kind": "multiply", "inputs": ["{{sources}}", "weights"] },
                { "name": "mean", "kind": "mean", "axes": [1], "keep": true },
                { "name": "hidden", "kind": "linear", "width": {{options.Hidden}}, "no_bias": true, "activation": "relu" },
                { "name": "turned", "kind": "linear", "width": {{options.Width}}, "no_bias": true },
                { "name": "user", "kind": "add", "inputs": ["mean", "turned"] },
                { "name": "target_id", "kind": "embedding", "inputs": ["ids"], "count": {{rows}}, "width": {{options.Width}}, "deviation": 0.1 },
                {{(hasFeatures ? Known("item", "target_id", "items", options) : string.Empty)}}
                { "name": "products", "kind": "multiply", "inputs": ["{{targets}}", "user"] },
                { "name": "match", "kind": "sum", "axes": [2] },
                { "name": "bias", "kind": "embedding", "inputs": ["ids"], "count": {{rows}}, "width": 1, "deviation": 0.01 },
                { "name": "taken", "kind": "sum", "axes": [2] },
                { "name": "scores", "kind": "add", "inputs": ["match", "taken"] }
              ],
              "loss": { "kind": "cross_entropy" }
            }
            """);
    }

    // What an item is, and who met it: a sum of both.
    private static string Known(string name, string by, string rows, TowerOptions options) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "name": "{{by}}_row", "kind": "table", "inputs": ["{{rows}}"], "table": "{{Table}}" },
                { "name": "{{by}}_features", "kind": "linear", "width": {{options.Width}}, "no_bias": true },
                { "name": "{{name}}", "kind": "add", "inputs": ["{{by}}", "{{by}}_features"] },
        """);
}
