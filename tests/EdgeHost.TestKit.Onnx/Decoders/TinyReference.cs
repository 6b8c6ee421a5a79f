namespace EdgeHost.TestKit.Onnx.Decoders;

/// <summary>
/// The same network as <see cref="TinyGraph"/> in plain loops, from the papers and not from the graph: RMSNorm, rotary positions on halves, attention with shared keys and values, SwiGLU. Reads everything anew
/// each time: it has no cache.
/// </summary>
public sealed class TinyReference(TinyWeights weights)
{
    private const float Epsilon = 1e-6f;

    private readonly TinyShape _shape = weights.Shape;

    /// <summary>Logits of what comes after the last token.</summary>
    public float[] Logits(IReadOnlyList<int> tokens)
    {
        var rows = tokens.Select(token => weights["embedding"].AsSpan(token * _shape.Hidden, _shape.Hidden).ToArray()).ToArray();
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            var normed = rows.Select(row => Norm(row, weights[$"{layer}.norm1"])).ToArray();
            var attended = Attend(normed, layer);
            for (var i = 0; i < rows.Length; i++) rows[i] = Add(rows[i], attended[i]);
            for (var i = 0; i < rows.Length; i++) rows[i] = Add(rows[i], Feed(Norm(rows[i], weights[$"{layer}.norm2"]), layer));
        }

        return Times(Norm(rows[^1], weights["norm"]), weights["head"], _shape.Vocabulary);
    }

    /// <summary>The likeliest tokens, one after another.</summary>
    public List<int> Continue(IReadOnlyList<int> prompt, int count)
    {
        var tokens = prompt.ToList();
        for (var i = 0; i < count; i++)
        {
            var logits = Logits(tokens);
            tokens.Add(Array.IndexOf(logits, logits.Take(KnownTokens).Max()));
        }

        return tokens[prompt.Count..];
    }

    /// <summary>Tokens that the tokenizer knows; others are never chosen.</summary>
    public int KnownTokens { get; init; } = TinyFolder.Tokens;

    private float[][] Attend(float[][] rows, int layer)
    {
        var queries = rows.Select((row, at) => Rotate(Times(row, weights[$"{layer}.q"], _shape.Hidden), at)).ToArray();
        var keys = rows.Select((row, at) => Rotate(Times(row, weights[$"{layer}.k"], _shape.CacheHeads * _shape.Width), at)).ToArray();
        var values = rows.Select(row => Times(row, weights[$"{layer}.v"], _shape.CacheHeads * _shape.Width)).ToArray();
        var result = new float[rows.Length][];
        for (var at = 0; at < rows.Length; at++)
        {
            var joined = new float[_shape.Hidden];
            for (var head = 0; head < _shape.Heads; head++)
            {
                var shared = head / (_shape.Heads / _shape.CacheHeads);
                var scores = new double[at + 1];
                for (var other = 0; other <= at; other++)
                {
                    for (var i = 0; i < _shape.Width; i++) scores[other] += queries[at][(head * _shape.Width) + i] * keys[other][(shared * _shape.Width) + i];
                    scores[other] /= Math.Sqrt(_shape.Width);
                }

                var highest = scores.Max();
                var sum = scores.Sum(score => Math.Exp(score - highest));
                for (var other = 0; other <= at; other++)
                {
                    var share = (float)(Math.Exp(scores[other] - highest) / sum);
                    for (var i = 0; i < _shape.Width; i++) joined[(head * _shape.Width) + i] += share * values[other][(shared * _shape.Width) + i];
                }
            }

            result[at] = Times(joined, weights[$"{layer}.o"], _shape.Hidden);
        }

        return result;
    }

    private float[] Feed(float[] row, int layer)
    {
        var gate = Times(row, weights[$"{layer}.gate"], _shape.Inner);
        var up = Times(row, weights[$"{layer}.up"], _shape.Inner);
        for (var i = 0; i < gate.Length; i++) gate[i] = gate[i] / (1 + MathF.Exp(-gate[i])) * up[i];
        return Times(gate, weights[$"{layer}.down"], _shape.Hidden);
    }

    private float[] Rotate(float[] row, int position)
    {
        var result = row.ToArray();
        var half = _shape.Width / 2;
        for (var head = 0; head < row.Length; head += _shape.Width)
        {
            for (var pair = 0; pair < half; pair++)
            {
                var angle = position * Math.Pow(10_000, -2.0 * pair / _shape.Width);
                var (cosine, sine) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
                var (first, second) = (row[head + pair], row[head + half + pair]);
                result[head + pair] = (first * cosine) - (second * sine);
                result[head + half + pair] = (second * cosine) + (first * sine);
            }
        }

        return result;
    }

    private static float[] Norm(float[] row, float[] weight)
    {
        var scale = 1 / MathF.Sqrt((row.Sum(static value => value * value) / row.Length) + Epsilon);
        return [.. row.Select((value, i) => value * scale * weight[i])];
    }

    private static float[] Add(float[] left, float[] right) => [.. left.Select((value, i) => value + right[i])];

    private static float[] Times(float[] row, float[] matrix, int columns)
    {
        var result = new float[columns];
        for (var i = 0; i < row.Length; i++)
        {
            for (var column = 0; column < columns; column++) result[column] += row[i] * matrix[(i * columns) + column];
        }

        return result;
    }
}
