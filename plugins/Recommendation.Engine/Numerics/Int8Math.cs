using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeHost.Plugins.Recommendation.Engine.Numerics;

/// <summary>Products of vectors with 8 bits a number. Sums are whole, so each machine gives the same ones.</summary>
internal static class Int8Math
{
    /// <summary>The most numbers of a vector.</summary>
    public const int MostNumbers = 8192;

    private const int MostByte = 127;


    /// <summary>Rounds a vector to whole numbers from -127 to 127, so that the largest is one of these.</summary>
    /// <returns>False where it has no direction: all zero, or a number that is not finite.</returns>
    public static bool TryQuantise(ReadOnlySpan<float> vector, Span<sbyte> rounded)
    {
        var largest = 0f;
        foreach (var value in vector)
        {
            if (!float.IsFinite(value)) return false;
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        if (largest <= 0) return false;
        for (var i = 0; i < vector.Length; i++) rounded[i] = (sbyte)MathF.Round(vector[i] / largest * MostByte);
        return true;
    }

    /// <summary>The largest whole number of a vector of so many: products with bytes add up to 31 bits at most.</summary>
    public static int MostOf(int count) => Math.Min(short.MaxValue, int.MaxValue / (MostByte * Math.Max(1, count)));

    /// <summary>Rounds a finite vector to whole numbers, the largest of which is <see cref="MostOf"/>.</summary>
    /// <returns>What they are to be multiplied by.</returns>
    public static float Quantise(ReadOnlySpan<float> vector, Span<short> rounded)
    {
        var largest = vector.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        var most = MostOf(vector.Length);
        if (largest <= 0)
        {
            rounded.Clear();
            return 0;
        }

        for (var i = 0; i < vector.Length; i++) rounded[i] = (short)MathF.Round(vector[i] / largest * most);
        return largest / most;
    }

    /// <summary>The product of two vectors of one length.</summary>
    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        var (sum, i) = (Vector<int>.Zero, 0);
        for (; i + Vector<sbyte>.Count <= a.Length; i += Vector<sbyte>.Count)
        {
            // A product of two bytes has 15 bits.
            Vector.Widen(new Vector<sbyte>(a[i..]), out var a0, out var a1);
            Vector.Widen(new Vector<sbyte>(b[i..]), out var b0, out var b1);
            Vector.Widen(a0 * b0, out var p0, out var p1);
            Vector.Widen(a1 * b1, out var p2, out var p3);
            sum += p0 + p1 + p2 + p3;
        }

        var rest = 0;
        for (; i < a.Length; i++) rest += a[i] * b[i];
        return Vector.Sum(sum) + rest;
    }

    /// <summary>The product of two vectors of one length; numbers of the second up to <see cref="MostOf"/>.</summary>
    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<short> b)
        => Avx2.IsSupported ? DotAvx2(a, b) : DotPortable(a, b);

    /// <inheritdoc cref="Dot(ReadOnlySpan{sbyte}, ReadOnlySpan{short})"/>
    public static int DotPortable(ReadOnlySpan<sbyte> a, ReadOnlySpan<short> b)
    {
        var (sum, i) = (Vector<int>.Zero, 0);
        for (; i + Vector<sbyte>.Count <= a.Length; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(a[i..]), out var low, out var high);
            Vector.Widen(low, out var a0, out var a1);
            Vector.Widen(high, out var a2, out var a3);
            Vector.Widen(new Vector<short>(b[i..]), out var b0, out var b1);
            Vector.Widen(new Vector<short>(b[(i + Vector<short>.Count)..]), out var b2, out var b3);
            sum += (a0 * b0) + (a1 * b1) + (a2 * b2) + (a3 * b3);
        }

        return Vector.Sum(sum) + DotRest(a, b, i);
    }

    private static int DotAvx2(ReadOnlySpan<sbyte> a, ReadOnlySpan<short> b)
    {
        var (sum0, sum1, i) = (Vector256<int>.Zero, Vector256<int>.Zero, 0);
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b[..a.Length]);
        for (; i + (2 * Vector256<short>.Count) <= a.Length; i += 2 * Vector256<short>.Count)
        {
            sum0 += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref first, (nuint)i)), Vector256.LoadUnsafe(ref second, (nuint)i));
            sum1 += Avx2.MultiplyAddAdjacent(
                Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref first, (nuint)(i + Vector256<short>.Count))), Vector256.LoadUnsafe(ref second, (nuint)(i + Vector256<short>.Count)));
        }

        return Vector256.Sum(sum0 + sum1) + DotRest(a, b, i);
    }

    private static int DotRest(ReadOnlySpan<sbyte> a, ReadOnlySpan<short> b, int from)
    {
        var sum = 0;
        for (var i = from; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
