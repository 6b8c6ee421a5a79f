namespace EdgeHost.Jobs.Tests;

/// <summary>Specifications and examples that tests use.</summary>
internal static class Specs
{
    /// <summary>The example of the mission: 2-3-1, sigmoid and sigmoid.</summary>
    public static string Xor(string optimiser = """{"kind":"adam","rate":0.1}""", string loss = "binary_cross_entropy", int steps = 800, string more = "", string? data = null) => $$"""
        {
          "model": "xor",
          "task": "classify",
          "network": {
            "inputs": [{ "name": "x", "shape": [2] }],
            "layers": [
              { "name": "hidden", "kind": "linear", "width": 3, "activation": "sigmoid" },
              { "name": "output", "kind": "linear", "width": 1, "activation": "sigmoid" }
            ],
            "loss": { "kind": "{{loss}}" }
          },
          "data": {{data ?? """{ "inputs": { "x": [[0,0],[0,1],[1,0],[1,1]] }, "labels": ["0","1","1","0"] }"""}},
          "optimiser": {{optimiser}},
          "batch": 4,
          "steps": {{steps}},
          "seed": 3{{more}}
        }
        """;

    /// <summary>Two clouds told apart by a small network.</summary>
    public static string Clouds(int steps = 400, string more = "", int width = 8, string dataset = "clouds") => $$"""
        {
          "model": "clouds",
          "task": "classify",
          "network": {
            "inputs": [{ "name": "x", "shape": [2] }],
            "layers": [
              { "name": "hidden", "kind": "linear", "width": {{width}}, "activation": "tanh" },
              { "name": "output", "kind": "linear", "width": 2 }
            ],
            "loss": { "kind": "cross_entropy" }
          },
          "data": { "dataset": "{{dataset}}" },
          "optimiser": { "kind": "adam", "rate": 0.01 },
          "batch": 8,
          "steps": {{steps}}{{more}}
        }
        """;

    public static IEnumerable<(float[] Values, string? Label)> CloudExamples(int count, int seed = 1)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var side = i % 2 == 0 ? -1f : 1f;
            yield return ([side + (float)random.NextDouble(), (side * 0.5f) + (float)random.NextDouble()], i % 2 == 0 ? "left" : "right");
        }
    }
}
