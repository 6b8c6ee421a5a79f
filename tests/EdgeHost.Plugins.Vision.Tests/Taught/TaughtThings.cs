using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Taught;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Plugins.Vision.Tests.Taught;

/// <summary>Classifiers of made-up vectors.</summary>
internal static class TaughtThings
{
    public const int Width = 40;

    public static TaughtClassifiers OpenIn(string folder, TeachingOptions? options = null) => new(new Storage(folder), options ?? new TeachingOptions(), NullLogger<TaughtClassifiers>.Instance);

    public static TaughtClassifier Make(int seed, params string[] labels)
    {
        var random = new Random(seed);
        return new TaughtClassifier
        {
            Name = "mine",
            Number = 0,
            Encoder = "encoder@1.0.0",
            Examples = [.. labels.Index().SelectMany(entry => Enumerable.Range(0, 4).Select(_ => new TaughtExample(entry.Item, [Near(entry.Index, random), Near(entry.Index, random)])))],
        };
    }

    // Vectors of length 1. Those of a class share a direction of their own; the rest of each is noise.
    public static float[] Near(int direction, Random random)
    {
        var vector = new float[Width];
        for (var i = 0; i < Width; i++) vector[i] = (i % 10 == direction ? 1 : 0) + (0.3f * ((random.NextSingle() * 2) - 1));
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    private sealed class Storage(string folder) : IPluginStorage
    {
        public string DataFolder => folder;
    }
}
