using System.Numerics.Tensors;

namespace EdgeHost.Plugins.Vision.Training.Scenes;

/// <summary>
/// A linear head over the first <see cref="Width"/> numbers of a vector, scaled to length 1 and brought to mean 0 and deviation 1: what the deepest layer of the detector's backbone has as means.
/// The numbers behind them, of a layer that is computed from it, add nothing that could be measured. Immutable.
/// </summary>
/// <param name="Labels">The classes.</param>
/// <param name="Mean">What is taken from each number.</param>
/// <param name="Scale">What each is then multiplied by.</param>
/// <param name="Weight">[width, classes].</param>
/// <param name="Bias">[classes].</param>
internal sealed record SceneLinear(IReadOnlyList<string> Labels, float[] Mean, float[] Scale, float[] Weight, float[] Bias)
{
    /// <summary>Numbers it looks at.</summary>
    public const int Width = 720;

    /// <summary>The part of a vector that it looks at, scaled to length 1.</summary>
    public static float[] Part(ReadOnlySpan<float> vector)
    {
        var part = vector[..Width].ToArray();
        TensorPrimitives.Divide(part, TensorPrimitives.Norm(part), part);
        return part;
    }

    /// <summary>The probabilities of the classes.</summary>
    public float[] Judge(ReadOnlySpan<float> vector)
    {
        var (input, shares) = (Standardise(Part(vector), Mean, Scale), Bias.ToArray());
        for (var i = 0; i < Width; i++) TensorPrimitives.MultiplyAdd(Weight.AsSpan(i * shares.Length, shares.Length), input[i], shares, shares);
        TensorPrimitives.Subtract(shares, TensorPrimitives.Max<float>(shares), shares);
        TensorPrimitives.SoftMax(shares, shares);
        return shares;
    }

    /// <summary>Brings numbers to mean 0 and deviation 1, in place.</summary>
    public static float[] Standardise(float[] part, float[] mean, float[] scale)
    {
        TensorPrimitives.Subtract(part, mean, part);
        TensorPrimitives.Multiply(part, scale, part);
        return part;
    }
}
