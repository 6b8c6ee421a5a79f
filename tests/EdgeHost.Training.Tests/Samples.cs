using EdgeHost.Training.Data;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Tests;

/// <summary>Small networks and data sets that several tests train.</summary>
internal static class Samples
{
    /// <summary>Points of three clouds in a plane of four dimensions.</summary>
    public static ArrayData Clouds(int count, int seed)
    {
        var random = new Random(seed);
        var (points, labels) = (new float[count * 4], new long[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = random.Next(3);
            for (var j = 0; j < 4; j++) points[(i * 4) + j] = (float)(random.NextDouble() - 0.5 + (labels[i] == j ? 1 : 0));
        }

        return new ArrayData(count).Add("x", points).Add("label", labels);
    }

    public static Network Classifier(float dropout = 0, long classes = 3) => new(
        net => net.Linear("out", net.Dropout("drop", net.Relu(net.Linear("hidden", net.Input("x", ElementType.Float32, 4), 16)), dropout), classes),
        (net, output) => net.CrossEntropy(output, net.Input("label", ElementType.Int64)));

    /// <summary>The number of a whole run's bits that matter: every parameter.</summary>
    public static uint[] Bits(Steps.TrainingStep step)
        => [.. step.Parameters.SelectMany(parameter => step.Values(parameter).ToArray()).Select(BitConverter.SingleToUInt32Bits)];
}
