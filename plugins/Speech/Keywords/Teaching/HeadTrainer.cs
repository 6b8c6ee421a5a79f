using System.Globalization;
using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.Plugins.Speech.Keywords.Personal;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>
/// Trains a head in two rounds: against windows drawn at random, then also against those that the first head took for the keyword most. Thread-safe.
/// </summary>
/// <param name="trainer">The host's.</param>
/// <param name="window">Vectors of a window.</param>
/// <param name="mean">Of each of the 96 numbers.</param>
/// <param name="scale">One over the deviation of each.</param>
internal sealed class HeadTrainer(ITrainer trainer, int window, float[] mean, float[] scale)
{
    private const int HiddenWidth = 24;
    private const int RandomNegatives = 4000;
    private const int HardNegatives = 1000;
    private const int Steps = 400;
    private const int Batch = 64;

    // Of the examples of a step this share is the keyword.
    private const double WantedShare = 0.25;

    /// <summary>Trains.</summary>
    /// <param name="positives">Windows that end with the keyword.</param>
    /// <param name="negatives">Windows that do not and come from the same recordings or were given; all are learnt from.</param>
    /// <param name="others">Windows of other speech; some are learnt from.</param>
    /// <param name="seed">Gives what is drawn.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As <see cref="ITrainer.TrainAsync"/> says.</exception>
    public async ValueTask<HeadParameters> TrainAsync(WindowSet positives, WindowSet negatives, WindowSet others, int seed, CancellationToken cancellationToken)
    {
        var learnt = new WindowSet(window);
        learnt.Add(negatives);
        var random = new Random(seed);
        for (var i = 0; i < RandomNegatives && others.Count > 0; i++) learnt.Add(others[random.Next(others.Count)]);
        var first = await RunAsync(positives, learnt, seed, cancellationToken).ConfigureAwait(false);
        foreach (var hard in Hardest(first, others, cancellationToken)) learnt.Add(hard);
        return await RunAsync(positives, learnt, seed + 1, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<ReadOnlyMemory<float>> Hardest(HeadParameters head, WindowSet others, CancellationToken cancellationToken)
    {
        var run = new HeadRun(head);
        var scores = new float[others.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            if (i % 1000 == 0) cancellationToken.ThrowIfCancellationRequested();
            scores[i] = -run.Score(others[i].Span);
        }

        int[] places = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(scores, places);
        return places.Take(HardNegatives).Select(place => others[place]);
    }

    private async ValueTask<HeadParameters> RunAsync(WindowSet positives, WindowSet negatives, int seed, CancellationToken cancellationToken)
    {
        var copies = Math.Max(1, (int)(negatives.Count * WantedShare / (1 - WantedShare) / positives.Count));
        var (length, count) = (window * KeywordFeatures.Width, (copies * positives.Count) + negatives.Count);
        var (inputs, targets) = (new float[(long)count * length], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var isPositive = i < copies * positives.Count;
            var source = isPositive ? positives[i % positives.Count] : negatives[i - (copies * positives.Count)];
            Standardise(source.Span, inputs.AsSpan(i * length, length));
            targets[i] = isPositive ? 1 : 0;
        }

        var result = await trainer.TrainAsync(
            new TrainingRequest
            {
                Network = NetworkOf(length),
                Examples = count,
                Inputs = inputs,
                Targets = targets,
                Steps = Steps,
                Batch = Batch,
                Rate = 0.002f,
                WeightDecay = 0.05f,
                Seed = (ulong)seed,
            },
            cancellationToken).ConfigureAwait(false);
        var parameters = result.Parameters;
        return new HeadParameters
        {
            Window = window,
            Mean = mean,
            Scale = scale,
            Hidden = Transpose(parameters["hidden/weight"].Span, length),
            HiddenBias = parameters["hidden/bias"].ToArray(),
            Output = parameters["output/weight"].ToArray(),
            OutputBias = parameters["output/bias"].Span[0],
        };
    }

    private static string NetworkOf(int length) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "inputs": [{ "name": "x", "shape": [{{length}}] }],
          "layers": [
            { "name": "drop", "kind": "dropout", "rate": 0.2 },
            { "name": "hidden", "kind": "linear", "width": {{HiddenWidth}}, "activation": "relu" },
            { "name": "output", "kind": "linear", "width": 1 }
          ],
          "loss": { "kind": "binary_cross_entropy_of_logits" }
        }
        """);

    private static float[] Transpose(ReadOnlySpan<float> weight, int length)
    {
        var turned = new float[weight.Length];
        for (var input = 0; input < length; input++)
        {
            for (var unit = 0; unit < HiddenWidth; unit++) turned[(unit * length) + input] = weight[(input * HiddenWidth) + unit];
        }

        return turned;
    }

    private void Standardise(ReadOnlySpan<float> vectors, Span<float> inputs)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            var place = i % KeywordFeatures.Width;
            inputs[i] = (vectors[i] - mean[place]) * scale[place];
        }
    }
}
