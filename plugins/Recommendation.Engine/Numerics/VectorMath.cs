using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Recommendation.Engine.Numerics;

/// <summary>Products of one vector with many: what takes the time of dense models. Same result on each run of one machine.</summary>
internal static class VectorMath
{
    /// <summary>The product of each row of <paramref name="rows"/> (as long as <paramref name="vector"/>) with the vector.</summary>
    public static void RowDots(ReadOnlySpan<float> rows, ReadOnlySpan<float> vector, Span<float> products)
    {
        var width = vector.Length;
        var row = 0;
        for (; row + 4 <= products.Length; row += 4)
        {
            Dot4(rows.Slice(row * width, width), rows.Slice((row + 1) * width, width), rows.Slice((row + 2) * width, width), rows.Slice((row + 3) * width, width), vector, products.Slice(row, 4));
        }

        for (; row < products.Length; row++) products[row] = Dot(rows.Slice(row * width, width), vector);
    }

    /// <summary>Four products with one vector, which is read once.</summary>
    public static void Dot4(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, ReadOnlySpan<float> vector, Span<float> products)
    {
        var whole = vector.Length - (vector.Length % Vector<float>.Count);
        var va = MemoryMarshal.Cast<float, Vector<float>>(a[..whole]);
        var vb = MemoryMarshal.Cast<float, Vector<float>>(b[..whole]);
        var vc = MemoryMarshal.Cast<float, Vector<float>>(c[..whole]);
        var vd = MemoryMarshal.Cast<float, Vector<float>>(d[..whole]);
        var vv = MemoryMarshal.Cast<float, Vector<float>>(vector[..whole]);
        var (sa, sb, sc, sd) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var i = 0; i < vv.Length && i < va.Length && i < vb.Length && i < vc.Length && i < vd.Length; i++)
        {
            var v = vv[i];
            sa += va[i] * v;
            sb += vb[i] * v;
            sc += vc[i] * v;
            sd += vd[i] * v;
        }

        var (ra, rb, rc, rd) = (Vector.Sum(sa), Vector.Sum(sb), Vector.Sum(sc), Vector.Sum(sd));
        for (var i = whole; i < vector.Length; i++)
        {
            ra += a[i] * vector[i];
            rb += b[i] * vector[i];
            rc += c[i] * vector[i];
            rd += d[i] * vector[i];
        }

        (products[0], products[1], products[2], products[3]) = (ra, rb, rc, rd);
    }

    /// <summary>The product of two vectors of one length.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var whole = a.Length - (a.Length % Vector<float>.Count);
        var va = MemoryMarshal.Cast<float, Vector<float>>(a[..whole]);
        var vb = MemoryMarshal.Cast<float, Vector<float>>(b[..whole]);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < va.Length && i < vb.Length; i++) sum += va[i] * vb[i];
        var result = Vector.Sum(sum);
        for (var i = whole; i < a.Length; i++) result += a[i] * b[i];
        return result;
    }

    /// <summary>Adds <paramref name="factor"/> times a vector to another.</summary>
    public static void AddScaled(ReadOnlySpan<float> vector, float factor, Span<float> sum)
    {
        var whole = sum.Length - (sum.Length % Vector<float>.Count);
        var vv = MemoryMarshal.Cast<float, Vector<float>>(vector[..whole]);
        var vs = MemoryMarshal.Cast<float, Vector<float>>(sum[..whole]);
        var f = new Vector<float>(factor);
        for (var i = 0; i < vs.Length && i < vv.Length; i++) vs[i] += vv[i] * f;
        for (var i = whole; i < sum.Length; i++) sum[i] += vector[i] * factor;
    }
}
