using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Scenes;

namespace EdgeHost.Plugins.Vision.Taught.Heads;

/// <summary>
/// Judges vectors as a classifier was taught: a picture that was taught itself is what was said of it; of another, whether it is any of the classes by the distance from them, which of them by the head
/// that serves. Immutable.
/// </summary>
internal sealed class TaughtJudge
{
    // Vectors of one picture agree to more places than those of any two pictures.
    private const float SamePicture = 0.9999f;

    private readonly TaughtClassifier _classifier;
    private readonly PrototypeHead _prototypes;

    /// <summary>Makes it.</summary>
    public TaughtJudge(TaughtClassifier classifier)
    {
        _classifier = classifier;
        _prototypes = new PrototypeHead(classifier.Labels, [.. classifier.Examples.Select(static example => (example.Label, example.Views.ToArray()))]);
    }

    /// <summary>Judges.</summary>
    /// <param name="vector">Standardised, of length 1.</param>
    /// <returns>All classes and <see cref="SceneHead.Unknown"/>, the surest first; the sum of the confidences is 1.</returns>
    public IReadOnlyList<(string Label, float Confidence)> Judge(ReadOnlySpan<float> vector)
    {
        if (Find(_classifier.Examples, vector) is var taught and >= 0) return Certain(_classifier.Examples[taught].Label);
        var shares = _prototypes.Judge(vector);
        var ranked = new List<(string Label, float Confidence)> { (SceneHead.Unknown, shares[^1]) };
        if (_classifier.Head is { } head)
        {
            var trained = head.Judge(vector);
            for (var i = 0; i < trained.Length; i++) ranked.Add((head.Labels[i], trained[i] * (1 - shares[^1])));

            // Near enough to a class is one of them, even where the head is torn between two.
            if (shares.AsSpan(0, shares.Length - 1).IndexOfAnyInRange(shares[^1], float.MaxValue) >= 0)
            {
                return [.. ranked.Skip(1).OrderByDescending(static entry => entry.Confidence), ranked[0]];
            }
        }
        else
        {
            for (var i = 0; i < _prototypes.Labels.Count; i++) ranked.Add((_prototypes.Labels[i], shares[i]));
        }

        return [.. ranked.OrderByDescending(static entry => entry.Confidence)];
    }

    /// <summary>Where among a classifier's pictures one is.</summary>
    /// <param name="examples">The pictures.</param>
    /// <param name="vector">The vector of the one, standardised and of length 1.</param>
    /// <returns>-1: it was not taught.</returns>
    public static int Find(IReadOnlyList<TaughtExample> examples, ReadOnlySpan<float> vector)
    {
        for (var i = 0; i < examples.Count; i++)
        {
            if (TensorPrimitives.CosineSimilarity(examples[i].Views[0], vector) > SamePicture) return i;
        }

        return -1;
    }

    private List<(string Label, float Confidence)> Certain(string label)
        => [(label, 1), .. _prototypes.Labels.Where(other => other != label).Append(SceneHead.Unknown).Select(static other => (other, 0f))];
}
