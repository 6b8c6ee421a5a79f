namespace Digits;

/// <summary>What is trained: two convolutions that halve the picture each, and a linear layer.</summary>
internal static class DigitSpec
{
    public const string Json = """
        {
          "model": "digits",
          "task": "classify",
          "data": { "dataset": "digits" },
          "network": {
            "inputs": [{ "name": "picture", "shape": [1, 28, 28] }],
            "layers": [
              { "name": "strokes", "kind": "convolution", "filters": 12, "window": 5, "stride": 2, "padding": 2, "activation": "relu" },
              { "name": "parts", "kind": "convolution", "filters": 24, "window": 3, "stride": 2, "padding": 1, "activation": "relu" },
              { "name": "flat", "kind": "flatten" },
              { "name": "middle", "kind": "linear", "width": 64, "activation": "relu" },
              { "name": "drop", "kind": "dropout", "rate": 0.2 },
              { "name": "digit", "kind": "linear", "width": 10 }
            ],
            "loss": { "kind": "cross_entropy", "smoothing": 0.05 }
          },
          "optimiser": { "kind": "adamw", "rate": 0.003 },
          "schedule": { "warm_up": 50, "cosine": true },
          "batch": 32,
          "epochs": 8,
          "clip": 5
        }
        """;
}
