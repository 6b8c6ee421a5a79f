using System.Numerics.Tensors;

namespace EdgeHost.Plugins.Vision.Taught.Heads;

/// <summary>A head that was trained: a number for each label from a standardised vector. They are some ten thousand numbers: computed here, since a step of the pool would cost more than they do. Immutable.</summary>
/// <param name="Labels">The labels, in the order of the numbers.</param>
/// <param name="Weight">Row by row, one for each label.</param>
/// <param name="Bias">One for each label.</param>
internal sealed record LinearHead(IReadOnlyList<string> Labels, float[] Weight, float[] Bias)
{
    // Standardised vectors have the length 1; at this length the numbers that are trained stay of the size that they begin with.
    internal const float Length = 16;

    /// <summary>How likely each label is, if it is one of them; their sum is 1.</summary>
    /// <param name="vector">Standardised, of length 1.</param>
    public float[] Judge(ReadOnlySpan<float> vector)
    {
        var logits = new float[Labels.Count];
        for (var label = 0; label < logits.Length; label++)
        {
            logits[label] = (Length * TensorPrimitives.Dot(vector, Weight.AsSpan(label * vector.Length, vector.Length))) + Bias[label];
        }

        TensorPrimitives.SoftMax(logits, logits);
        return logits;
    }
}
