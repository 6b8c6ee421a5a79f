using System.Globalization;
using System.Numerics.Tensors;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Taught.Heads;

/// <summary>
/// Trains a head for a classifier and decides whether it may serve. Pictures are parted into folds, each with all its variations; heads that did not see a fold are measured on it, beside the nearest
/// mean and the head that serves, which learns again from the pictures of its time without the fold: it has seen them all. The new one serves only if it is at least as often right. Thread-safe.
/// </summary>
internal static class HeadTrainer
{
    /// <summary>With fewer pictures of any class the nearest mean serves.</summary>
    public const int LeastExamples = 3;

    private const int MostFolds = 3;
    private const int Steps = 200;
    private const int Batch = 32;

    /// <summary>Whether there is enough to train with: two classes, and <see cref="LeastExamples"/> pictures of each.</summary>
    public static bool IsReady(TaughtClassifier classifier)
    {
        var counts = classifier.Examples.CountBy(static example => example.Label).ToArray();
        return counts.Length >= 2 && counts.All(static count => count.Value >= LeastExamples);
    }

    /// <summary>Trains.</summary>
    /// <param name="classifier">What is learnt from.</param>
    /// <param name="trainer">The host's.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The head, unless something else is better, and how often each is right.</returns>
    /// <exception cref="EdgeHostException">As <see cref="ITrainer.TrainAsync"/> says.</exception>
    public static async ValueTask<HeadTrial> TrainAsync(TaughtClassifier classifier, ITrainer trainer, CancellationToken cancellationToken)
    {
        var labels = classifier.Labels;
        (string Label, float[][] Views)[] examples = [.. classifier.Examples.Select(static example => (example.Label, example.Views.ToArray()))];
        var folds = FoldsOf(examples);
        var served = classifier.Served;
        var isNews = Array.ConvertAll([.. classifier.Examples], example => example.Since > served?.Until);
        var (trained, serving, nearest) = (0, 0, 0);
        for (var fold = 0; fold < MostFolds; fold++)
        {
            var (learnt, held) = (examples.Where((_, index) => folds[index] != fold).ToArray(), examples.Where((_, index) => folds[index] == fold).ToArray());
            var head = await RunAsync(labels, learnt, trainer, cancellationToken).ConfigureAwait(false);
            var prototypes = new PrototypeHead(labels, learnt);
            var right = CountRight(head, held);
            trained += right;
            if (served is not null) serving += isNews.Contains(true) ? await CountRightBeforeAsync(fold).ConfigureAwait(false) : right;
            nearest += held.Count(example => labels[Best(prototypes.Judge(example.Views[0]).AsSpan(0, labels.Count))] == example.Label);
        }

        var made = trained >= Math.Max(nearest, serving) ? await RunAsync(labels, examples, trainer, cancellationToken).ConfigureAwait(false) : null;
        return new HeadTrial(made, Share(trained), served is null ? null : Share(serving), Share(nearest));

        double Share(int right) => right / (double)examples.Length;

        int CountRight(LinearHead head, (string Label, float[][] Views)[] held) => held.Count(example => labels[Best(head.Judge(example.Views[0]))] == example.Label);

        // By what it could learn from then; of nothing it knows nothing.
        async ValueTask<int> CountRightBeforeAsync(int fold)
        {
            var learnt = examples.Where((_, index) => folds[index] != fold && !isNews[index]).ToArray();
            if (learnt.Length == 0) return 0;
            return CountRight(await RunAsync(labels, learnt, trainer, cancellationToken).ConfigureAwait(false), [.. examples.Where((_, index) => folds[index] == fold)]);
        }
    }

    // The pictures of each class go to the folds in turn, so that each fold has some of every class.
    private static int[] FoldsOf((string Label, float[][] Views)[] examples)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return Array.ConvertAll(examples, example =>
        {
            var count = seen.GetValueOrDefault(example.Label);
            seen[example.Label] = count + 1;
            return count % MostFolds;
        });
    }

    private static int Best(ReadOnlySpan<float> shares) => TensorPrimitives.IndexOfMax(shares);

    private static async ValueTask<LinearHead> RunAsync(IReadOnlyList<string> labels, (string Label, float[][] Views)[] examples, ITrainer trainer, CancellationToken cancellationToken)
    {
        var width = examples[0].Views[0].Length;
        var count = examples.Sum(static example => example.Views.Length);
        var (inputs, targets, row) = (new float[count * width], new float[count * labels.Count], 0);
        foreach (var (label, views) in examples)
        {
            var place = labels.Index().First(entry => entry.Item == label).Index;
            foreach (var view in views)
            {
                TensorPrimitives.Multiply(view, LinearHead.Length, inputs.AsSpan(row * width, width));
                targets[(row++ * labels.Count) + place] = 1;
            }
        }

        var request = new TrainingRequest
        {
            Network = NetworkOf(width, labels.Count),
            Examples = count,
            Inputs = inputs,
            Targets = targets,
            Steps = Steps,
            Batch = Math.Min(Batch, count),
            Rate = 0.01f,
            WeightDecay = 0.1f,
        };
        var parameters = (await trainer.TrainAsync(request, cancellationToken).ConfigureAwait(false)).Parameters;
        return new LinearHead(labels, Turned(parameters["head/weight"].Span, width, labels.Count), parameters["head/bias"].ToArray());
    }

    private static float[] Turned(ReadOnlySpan<float> weight, int width, int labels)
    {
        var turned = new float[weight.Length];
        for (var i = 0; i < width; i++)
        {
            for (var label = 0; label < labels; label++) turned[(label * width) + i] = weight[(i * labels) + label];
        }

        return turned;
    }

    private static string NetworkOf(int width, int labels) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "inputs": [{ "name": "x", "shape": [{{width}}] }],
          "layers": [{ "name": "head", "kind": "linear", "width": {{labels}} }],
          "loss": { "kind": "binary_cross_entropy_of_logits" }
        }
        """);
}
