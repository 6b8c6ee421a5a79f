using System.Numerics.Tensors;

namespace EdgeHost.Plugins.Vision.Taught.Heads;

/// <summary>
/// Judges by the nearest mean of a class (Snell, Swersky and Zemel 2017, "Prototypical networks for few-shot learning", with the cosine as the nearness). What is farther from all means than a class's
/// own pictures are, is unknown. Needs no training. Immutable.
/// </summary>
internal sealed class PrototypeHead
{
    // How much nearer one class must be than another to be e times as likely; chosen on scenes.
    private const float Temperature = 0.08f;

    // A picture that is no nearer than this to any class is unknown, whatever the class's own pictures say; and one that is nearer than the second is not. Chosen on scenes against pictures of none.
    private const float LeastNearness = 0.15f;
    private const float SureNearness = 0.4f;

    // A class's own pictures lie, in all but one of a hundred cases, above their mean nearness less this many deviations.
    private const float Deviations = 2.3f;

    private readonly float[][] _means;
    private readonly float[] _least;

    /// <summary>Makes it of pictures.</summary>
    /// <param name="labels">The classes.</param>
    /// <param name="examples">Label and standardised views of each picture; of each class at least one.</param>
    public PrototypeHead(IReadOnlyList<string> labels, IReadOnlyList<(string Label, float[][] Views)> examples)
    {
        Labels = labels;
        var own = labels.Select(label => examples.Where(example => example.Label == label).Select(static example => Sum(example.Views)).ToArray()).ToArray();
        _means = Array.ConvertAll(own, static vectors => Normalised(Sum(vectors)));
        _least = [.. labels.Select((label, index) => LeastOf(own[index], [.. examples.Where(example => example.Label == label).Select(static example => example.Views[0])]))];
    }

    /// <summary>The classes, in the order of the numbers.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How likely each class is, and last how likely none of them; their sum is 1.</summary>
    /// <param name="vector">Standardised, of length 1.</param>
    public float[] Judge(ReadOnlySpan<float> vector)
    {
        var logits = new float[Labels.Count + 1];
        var best = 0;
        for (var i = 0; i < Labels.Count; i++)
        {
            logits[i] = TensorPrimitives.Dot(vector, _means[i]) / Temperature;
            if (logits[i] > logits[best]) best = i;
        }

        logits[^1] = _least[best] / Temperature;
        TensorPrimitives.SoftMax(logits, logits);
        return logits;
    }

    // Each picture beside the mean of the others of its class: that is how near pictures of the class are that were not taught.
    private static float LeastOf(float[][] sums, float[][] pictures)
    {
        if (sums.Length < 2) return (LeastNearness + SureNearness) / 2;
        var nearness = new float[sums.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            var left = i;
            nearness[i] = TensorPrimitives.Dot(pictures[i], Normalised(Sum([.. sums.Where((_, index) => index != left)])));
        }

        var mean = TensorPrimitives.Sum<float>(nearness) / nearness.Length;
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(Array.ConvertAll(nearness, value => value - mean)) / (nearness.Length - 1));
        return Math.Clamp(mean - (Deviations * deviation), LeastNearness, SureNearness);
    }

    private static float[] Sum(float[][] vectors)
    {
        var sum = new float[vectors[0].Length];
        foreach (var vector in vectors) TensorPrimitives.Add(sum, vector, sum);
        return sum;
    }

    private static float[] Normalised(float[] vector)
    {
        var length = TensorPrimitives.Norm(vector);
        if (length > 0) TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }
}
