namespace EdgeHost.IntegrationTests.Running;

/// <summary>Digits of four by five dots, moved, faded and noisy, in pictures of eight by eight.</summary>
internal static class DrawnDigits
{
    private const int Side = 8;

    private static readonly string[] Glyphs =
    [
        ".##.|#..#|#..#|#..#|.##.", "..#.|.##.|..#.|..#.|.###", "###.|...#|.##.|#...|####", "###.|...#|.##.|...#|###.", "#..#|#..#|####|...#|...#",
        "####|#...|###.|...#|###.", ".##.|#...|###.|#..#|.##.", "####|...#|..#.|.#..|.#..", ".##.|#..#|.##.|#..#|.##.", ".##.|#..#|.###|...#|.##.",
    ];

    /// <summary>A job that tells them apart.</summary>
    public const string Spec = """
        {
          "model": "digits", "task": "classify", "data": { "dataset": "digits" },
          "network": {
            "inputs": [{ "name": "picture", "shape": [1, 8, 8] }],
            "layers": [
              { "name": "one", "kind": "convolution", "filters": 8, "window": 3, "padding": 1, "activation": "relu" },
              { "name": "two", "kind": "convolution", "filters": 16, "window": 3, "stride": 2, "padding": 1, "activation": "relu" },
              { "name": "flat", "kind": "flatten" },
              { "name": "digit", "kind": "linear", "width": 10 }
            ],
            "loss": { "kind": "cross_entropy", "smoothing": 0.05 }
          },
          "optimiser": { "kind": "adamw", "rate": 0.005 }, "schedule": { "warm_up": 20, "cosine": true }, "batch": 32, "epochs": 30
        }
        """;

    public static IReadOnlyList<(string Label, float[] Pixels)> Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => ($"{number % Glyphs.Length}", Draw(Glyphs[number % Glyphs.Length].Split('|'), random)))];
    }

    private static float[] Draw(string[] rows, Random random)
    {
        var picture = new float[Side * Side];
        foreach (ref var value in picture.AsSpan()) value = random.NextSingle() * 0.3f;
        var (left, top, ink) = (random.Next(5), random.Next(4), 0.6f + (random.NextSingle() * 0.4f));
        for (var y = 0; y < rows.Length; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                if (rows[y][x] == '#') picture[((top + y) * Side) + left + x] += ink;
            }
        }

        return picture;
    }
}
