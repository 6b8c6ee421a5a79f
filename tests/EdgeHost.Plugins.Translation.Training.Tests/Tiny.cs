using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Rows;
using EdgeHost.Plugins.Translation.Training.Texts;
using EdgeHost.Plugins.Translation.Training.Weights;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Translation.Training.Tests;

/// <summary>A network that is trained in a moment, and a language that it can learn: the words backwards, each with a partner.</summary>
internal static class Tiny
{
    public const int Length = 16;

    private const int FirstWord = 2;
    private const int Words = 8;

    // The root of a head's width is a whole number, so that the scale of queries rounds nothing. Source words are 2 to 9, target words 10 to 17, the last id fills up.
    public static MarianShape Shape { get; } = new() { Vocabulary = 19, Width = 16, Heads = 4, Inner = 24, EncoderLayers = 2, DecoderLayers = 2 };

    public static TargetOrder Order { get; } = new(Shape.Vocabulary, Pairs(200, 1).Select(pair => pair.Target));

    public static List<EncodedPair> Pairs(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var words = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(FirstWord, FirstWord + Words)).ToArray();
            return new EncodedPair([.. words, MarianShape.End], [.. words.Reverse().Select(word => word + Words), MarianShape.End]);
        })];
    }

    public static RowData Data(IReadOnlyList<EncodedPair> pairs) => new(pairs, Shape, Order, Length, seed: 1);

    public static TrainingStep Step(int batch = 4, float dropout = 0, float consistency = 0)
        => new(MarianNetwork.Create(Shape, Order.Targets, Length, dropout, smoothing: 0.1f, consistency), new Adam { Beta2 = 0.98f }, new StepOptions { BatchSize = batch, ClipNorm = 1, Seed = 3 });

    /// <summary>Numbers that Float16 has too, so that nothing is lost in a file.</summary>
    public static ModelWeights Rounded(TrainingStep step)
    {
        foreach (var parameter in step.Parameters)
        {
            foreach (ref var value in step.Values(parameter)) value = (float)(Half)value;
        }

        return StepWeights.Take(step, Order, Shape.Width);
    }
}
