namespace Xor;

/// <summary>An optimiser and a loss to train with.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Optimiser">The optimiser as the specification has it.</param>
/// <param name="Loss">The loss's kind.</param>
/// <param name="Steps">Steps.</param>
internal sealed record Recipe(string Name, string Model, string Optimiser, string Loss, int Steps)
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("Adam, binary cross entropy", "xor-adam", """{ "kind": "adam", "rate": 0.1 }""", "binary_cross_entropy", 800),
        new("SGD with momentum, binary cross entropy", "xor-sgd", """{ "kind": "sgd", "rate": 0.5, "momentum": 0.9 }""", "binary_cross_entropy", 2000),
        new("Adam, mean squared error", "xor-mse", """{ "kind": "adam", "rate": 0.1 }""", "mean_squared_error", 800),
    ];

    // Some first values of so small a network lead into a local minimum: another seed is tried then.
    public string ToSpec() => $$"""
        {
          "model": "{{Model}}",
          "task": "classify",
          "data": { "dataset": "xor" },
          "network": {
            "inputs": [{ "name": "x", "shape": [2] }],
            "layers": [
              { "name": "hidden", "kind": "linear", "width": 3, "activation": "sigmoid" },
              { "name": "output", "kind": "linear", "width": 1, "activation": "sigmoid" }
            ],
            "loss": { "kind": "{{Loss}}" }
          },
          "optimiser": {{Optimiser}},
          "batch": 4,
          "steps": {{Steps}},
          "seed": 3,
          "restarts": { "most": 5, "good_loss": 0.03 }
        }
        """;
}
