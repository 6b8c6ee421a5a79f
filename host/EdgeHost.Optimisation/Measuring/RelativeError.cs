using System.Numerics.Tensors;

namespace EdgeHost.Optimisation.Measuring;

/// <summary>How far a model's answers are from the original's. Static and thread-safe.</summary>
internal static class RelativeError
{
    /// <summary>The error over the values, both as root of the sum of squares, over all outputs of 32-bit floats; infinite where an answer is no number.</summary>
    public static double Measure(AnsweredExamples original, ReadOnlyMemory<byte> other, CancellationToken cancellationToken)
    {
        var (power, error) = (0d, 0d);
        foreach (var (expected, actual) in original.Answers.Zip(original.Run(other, cancellationToken)).SelectMany(pair => pair.First.Zip(pair.Second)))
        {
            if (expected.Values.Length == 0) continue;
            power += TensorPrimitives.SumOfSquares<float>(expected.Values);
            var distance = (double)TensorPrimitives.Distance<float>(expected.Values, actual.Values);
            error += distance * distance;
        }

        return double.IsNaN(error) ? double.PositiveInfinity : power == 0 ? error : Math.Sqrt(error / power);
    }
}
