using System.Numerics.Tensors;
using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Keywords.Personal;

/// <summary>
/// Judges by a head's numbers. They are some ten thousand: computed here, since a step of the pool would cost more than they do. Allocates nothing for a judgement; not
/// thread-safe.
/// </summary>
/// <param name="head">The numbers.</param>
internal sealed class HeadRun(HeadParameters head)
{
    private readonly float[] _inputs = new float[head.Inputs];

    /// <summary>Judges.</summary>
    /// <param name="vectors">The newest vectors, as many as the head looks at, the oldest first.</param>
    /// <returns>0 to 1.</returns>
    public float Score(ReadOnlySpan<float> vectors)
    {
        for (var i = 0; i < _inputs.Length; i += KeywordFeatures.Width)
        {
            var part = _inputs.AsSpan(i, KeywordFeatures.Width);
            TensorPrimitives.Subtract(vectors.Slice(i, KeywordFeatures.Width), head.Mean, part);
            TensorPrimitives.Multiply(part, head.Scale, part);
        }

        var sum = head.OutputBias;
        for (var unit = 0; unit < head.Output.Length; unit++)
        {
            var value = TensorPrimitives.Dot(head.Hidden.AsSpan(unit * _inputs.Length, _inputs.Length), _inputs) + head.HiddenBias[unit];
            if (value > 0) sum += value * head.Output[unit];
        }

        return 1 / (1 + MathF.Exp(-sum));
    }
}
