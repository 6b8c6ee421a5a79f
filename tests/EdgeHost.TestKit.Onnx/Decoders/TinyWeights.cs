namespace EdgeHost.TestKit.Onnx.Decoders;

/// <summary>The weights of a tiny decoder, drawn from a fixed seed, by name; matrices are [in, out], row by row.</summary>
public sealed class TinyWeights
{
    private readonly Dictionary<string, float[]> _values = new(StringComparer.Ordinal);

    public TinyWeights(TinyShape shape, int seed = 7)
    {
        Shape = shape;
        var random = new Random(seed);
        Matrix("embedding", shape.Vocabulary, shape.Hidden, 1);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            Norm($"{layer}.norm1");
            Matrix($"{layer}.q", shape.Hidden, shape.Hidden);
            Matrix($"{layer}.k", shape.Hidden, shape.CacheHeads * shape.Width);
            Matrix($"{layer}.v", shape.Hidden, shape.CacheHeads * shape.Width);
            Matrix($"{layer}.o", shape.Hidden, shape.Hidden);
            Norm($"{layer}.norm2");
            Matrix($"{layer}.gate", shape.Hidden, shape.Inner);
            Matrix($"{layer}.up", shape.Hidden, shape.Inner);
            Matrix($"{layer}.down", shape.Inner, shape.Hidden);
        }

        Norm("norm");
        Matrix("head", shape.Hidden, shape.Vocabulary);

        void Matrix(string name, int rows, int columns, float scale = 0)
        {
            var deviation = scale > 0 ? scale : 1.5f / MathF.Sqrt(rows);
            _values[name] = [.. Enumerable.Range(0, rows * columns).Select(_ => ((float)random.NextDouble() - 0.5f) * 3.4f * deviation)];
        }

        void Norm(string name) => _values[name] = [.. Enumerable.Range(0, shape.Hidden).Select(_ => 0.8f + (0.4f * (float)random.NextDouble()))];
    }

    public TinyShape Shape { get; }

    public float[] this[string name] => _values[name];

    /// <summary>Cosines and sines of each position and pair, of the base 10,000.</summary>
    public (float[] Cosines, float[] Sines) Rotations()
    {
        var half = Shape.Width / 2;
        var (cosines, sines) = (new float[Shape.Context * half], new float[Shape.Context * half]);
        for (var position = 0; position < Shape.Context; position++)
        {
            for (var pair = 0; pair < half; pair++)
            {
                var angle = position * Math.Pow(10_000, -2.0 * pair / Shape.Width);
                (cosines[(position * half) + pair], sines[(position * half) + pair]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
            }
        }

        return (cosines, sines);
    }
}
