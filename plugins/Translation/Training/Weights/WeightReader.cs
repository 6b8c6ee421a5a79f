using EdgeHost.ModelTools;
using EdgeHost.Plugins.Translation.Training.Export;
using EdgeHost.Plugins.Translation.Training.Networks;

namespace EdgeHost.Plugins.Translation.Training.Weights;

/// <summary>Reads the numbers of a model's files, float or of 8 bits, as <see cref="ModelFolder"/> writes them.</summary>
internal static class WeightReader
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: it has no model, or one of another kind.</exception>
    public static ModelWeights Read(string folder, MarianShape shape)
    {
        var tensors = new Dictionary<string, TensorProto>(StringComparer.Ordinal);
        foreach (var path in new[] { ModelFolder.EncoderOf(folder, isSmall: false), ModelFolder.DecoderOf(folder, isSmall: false) })
        {
            foreach (var tensor in ModelProto.Parse(File.ReadAllBytes(path)).Graph!.Initializers) tensors[tensor.Name] = tensor;
        }

        var weights = new ModelWeights { [ModelWeights.Vectors] = Vectors(tensors, shape.Width), [ModelWeights.Bias] = Numbers(Find(tensors, "final_logits_bias")) };
        foreach (var name in ProductsOf(shape))
        {
            // The queries' scale lies in their product there.
            var factor = name.EndsWith(".q", StringComparison.Ordinal) ? MathF.Sqrt(shape.HeadWidth) : 1;
            weights[$"{name}.weight"] = Scaled(Matrix(tensors, name), factor);
            weights[$"{name}.bias"] = Scaled(Numbers(Find(tensors, $"{name}.bias")), factor);
        }

        foreach (var name in NormsOf(shape).SelectMany(norm => new[] { $"{norm}.weight", $"{norm}.bias" })) weights[name] = Numbers(Find(tensors, name));
        return weights;
    }

    private static IEnumerable<string> ProductsOf(MarianShape shape)
    {
        string[] attention = ["q", "k", "v", "o"];
        for (var i = 0; i < shape.EncoderLayers; i++)
        {
            foreach (var name in attention.Select(part => $"sa.{part}").Concat(["f1", "f2"])) yield return $"enc.{i}.{name}";
        }

        for (var i = 0; i < shape.DecoderLayers; i++)
        {
            foreach (var name in attention.Select(part => $"sa.{part}").Concat(attention.Select(part => $"ca.{part}")).Concat(["f1", "f2"])) yield return $"dec.{i}.{name}";
        }
    }

    private static IEnumerable<string> NormsOf(MarianShape shape)
        => Enumerable.Range(0, shape.EncoderLayers).SelectMany(i => new[] { $"enc.{i}.n1", $"enc.{i}.n2" })
            .Concat(Enumerable.Range(0, shape.DecoderLayers).SelectMany(i => new[] { $"dec.{i}.n1", $"dec.{i}.n2", $"dec.{i}.n3" }));

    // Vectors of 8 bits have a scale a row, which the root of the width is part of.
    private static float[] Vectors(Dictionary<string, TensorProto> tensors, int width)
    {
        if (!tensors.TryGetValue("shared.weight_q", out var small)) return Numbers(Find(tensors, "shared.weight"));
        var scales = Scaled(Numbers(Find(tensors, "shared.scale")), 1 / MathF.Sqrt(width));
        var values = small.ToArray<sbyte>();
        var vectors = new float[values.Length];
        for (var i = 0; i < values.Length; i++) vectors[i] = values[i] * scales[i / width];
        return vectors;
    }

    private static float[] Matrix(Dictionary<string, TensorProto> tensors, string name)
    {
        if (!tensors.TryGetValue($"{name}.weight_q", out var small)) return Numbers(Find(tensors, $"{name}.weight"));
        var scales = Numbers(Find(tensors, $"{name}.scale"));
        var values = small.ToArray<sbyte>();
        var matrix = new float[values.Length];
        for (var i = 0; i < values.Length; i++) matrix[i] = values[i] * scales[i % scales.Length];
        return matrix;
    }

    private static TensorProto Find(Dictionary<string, TensorProto> tensors, string name)
        => tensors.TryGetValue(name, out var tensor) ? tensor : throw new EdgeHostException(ErrorCode.NotFound, $"The model has no '{name}'; only models that this tool wrote, and of the same sizes, can be gone on with.");

    private static float[] Numbers(TensorProto tensor)
        => tensor.Type == ElementType.Float16 ? Array.ConvertAll(tensor.ToArray<Half>(), value => (float)value) : tensor.ToArray<float>();

    private static float[] Scaled(float[] values, float factor) => factor == 1 ? values : Array.ConvertAll(values, value => value * factor);
}
