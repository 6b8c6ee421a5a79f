using System.Runtime.InteropServices;

namespace EdgeHost.Deployment.Shadow;

/// <summary>How the outputs of two versions for the same inputs compare. Immutable.</summary>
/// <param name="Agreement">Of outputs that are scores or whole numbers: the share of rows with the same highest class, or of equal elements; null where there are none.</param>
/// <param name="Difference">Of other outputs: the largest difference, relative to the largest magnitude of the version that serves; null where there are none.</param>
/// <param name="IsBroken">Whether the other version gave something that is no number where the one that serves did not.</param>
internal readonly record struct OutputComparison(double? Agreement, double? Difference, bool IsBroken)
{
    /// <summary>Wider rows are no scores of classes.</summary>
    private const long MostClasses = 65_536;

    /// <summary>Compares all outputs.</summary>
    /// <param name="served">Those of the version that serves.</param>
    /// <param name="other">Those of the version in shadow, in the same order.</param>
    public static OutputComparison Of(IReadOnlyList<CopiedValue> served, IReadOnlyList<CopiedValue> other)
    {
        var (agreed, rows, difference, isBroken) = (0d, 0L, default(double?), false);
        for (var i = 0; i < served.Count; i++)
        {
            var (a, b) = (served[i], other[i]);
            if (a.ElementType != b.ElementType || a.Shape != b.Shape)
            {
                // Of other sizes, nothing of it is the same.
                rows++;
                difference = double.PositiveInfinity;
                continue;
            }

            if (a.ElementType == ElementType.Float32) Compare<float>(a, b, ref agreed, ref rows, ref difference, ref isBroken);
            else if (a.ElementType == ElementType.Float64) Compare<double>(a, b, ref agreed, ref rows, ref difference, ref isBroken);
            else if (a.ElementType == ElementType.Float16) Compare<Half>(a, b, ref agreed, ref rows, ref difference, ref isBroken);
            else CompareExactly(a, b, ref agreed, ref rows);
        }

        return new OutputComparison(rows == 0 ? null : agreed / rows, difference, isBroken);
    }

    private static void Compare<T>(CopiedValue served, CopiedValue other, ref double agreed, ref long rows, ref double? difference, ref bool isBroken)
        where T : unmanaged, System.Numerics.IFloatingPoint<T>
    {
        var a = MemoryMarshal.Cast<byte, T>(served.Bytes);
        var b = MemoryMarshal.Cast<byte, T>(other.Bytes);
        for (var i = 0; i < a.Length; i++)
        {
            if (T.IsFinite(a[i]) && !T.IsFinite(b[i])) isBroken = true;
        }

        var width = served.Shape.Rank == 0 ? 1 : served.Shape[served.Shape.Rank - 1];
        if (width is >= 2 and <= MostClasses)
        {
            for (var at = 0; at < a.Length; at += (int)width)
            {
                rows++;
                if (Highest(a.Slice(at, (int)width)) == Highest(b.Slice(at, (int)width))) agreed++;
            }

            return;
        }

        var (largest, magnitude) = (0d, 0d);
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (double.CreateSaturating(a[i]), double.CreateSaturating(b[i]));
            if (!double.IsFinite(x)) continue;
            magnitude = Math.Max(magnitude, Math.Abs(x));
            largest = Math.Max(largest, double.IsFinite(y) ? Math.Abs(x - y) : double.PositiveInfinity);
        }

        difference = Math.Max(difference ?? 0, largest == 0 ? 0 : largest / Math.Max(magnitude, 1e-9));
    }

    private static void CompareExactly(CopiedValue served, CopiedValue other, ref double agreed, ref long rows)
    {
        var size = served.ElementType.SizeInBytes();
        for (var at = 0; at < served.Bytes.Length; at += size)
        {
            rows++;
            if (served.Bytes.Slice(at, size).SequenceEqual(other.Bytes.Slice(at, size))) agreed++;
        }
    }

    private static int Highest<T>(ReadOnlySpan<T> scores)
        where T : unmanaged, System.Numerics.IFloatingPoint<T>
    {
        var highest = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[highest]) highest = i;
        }

        return highest;
    }
}
