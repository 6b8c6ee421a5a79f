namespace EdgeHost.Plugins.Recommendation.Engine.Numerics;

/// <summary>
/// Symmetric positive definite matrices, row by row in one array: factors, solutions and inverses by Cholesky's method. Everything is a product of contiguous rows, four at a time, and each
/// product is made in the same order on one thread or many, so that results do not depend on the number of threads.
/// </summary>
internal static class PositiveDefinite
{
    private const int Panel = 64;

    /// <summary>Replaces the lower triangle by L with A = L Lᵀ. Only the lower triangle is read.</summary>
    /// <returns>False where the matrix is not positive definite in single precision; then its content is spoiled.</returns>
    public static bool Factor(float[] a, int n, int threads = 1, CancellationToken cancellationToken = default)
    {
        for (var first = 0; first < n; first += Panel)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(n, first + Panel);
            for (var i = first; i < end; i++)
            {
                for (var j = first; j < i; j++) a[(i * n) + j] = (a[(i * n) + j] - VectorMath.Dot(Row(a, n, i, 0, j), Row(a, n, j, 0, j))) / a[(j * n) + j];
                var left = a[(i * n) + i] - VectorMath.Dot(Row(a, n, i, 0, i), Row(a, n, i, 0, i));
                if (!(left > 0)) return false;
                a[(i * n) + i] = MathF.Sqrt(left);
            }

            // The rows below need columns first..end of L, which depend on the rows of the panel alone.
            Run(threads, (n - end + 3) / 4, group =>
            {
                var i = end + (group * 4);
                Span<float> products = stackalloc float[4];
                for (var j = first; j < end; j++)
                {
                    var pivot = a[(j * n) + j];
                    if (i + 4 <= n)
                    {
                        VectorMath.Dot4(Row(a, n, i, 0, j), Row(a, n, i + 1, 0, j), Row(a, n, i + 2, 0, j), Row(a, n, i + 3, 0, j), Row(a, n, j, 0, j), products);
                        for (var r = 0; r < 4; r++) a[((i + r) * n) + j] = (a[((i + r) * n) + j] - products[r]) / pivot;
                    }
                    else
                    {
                        for (var r = i; r < n; r++) a[(r * n) + j] = (a[(r * n) + j] - VectorMath.Dot(Row(a, n, r, 0, j), Row(a, n, j, 0, j))) / pivot;
                    }
                }
            }, cancellationToken);
        }

        return true;
    }

    /// <summary>Solves L Lᵀ x = b in place, with a factor of <see cref="Factor"/>.</summary>
    public static void Solve(ReadOnlySpan<float> l, int n, Span<float> x)
    {
        for (var i = 0; i < n; i++) x[i] = (x[i] - VectorMath.Dot(l.Slice(i * n, i), x[..i])) / l[(i * n) + i];
        for (var i = n - 1; i >= 0; i--)
        {
            x[i] /= l[(i * n) + i];
            VectorMath.AddScaled(l.Slice(i * n, i), -x[i], x[..i]);
        }
    }

    /// <summary>Replaces the matrix by its inverse, both triangles. Takes a second matrix of the same size while it works.</summary>
    /// <returns>False where the matrix is not positive definite in single precision; then its content is spoiled.</returns>
    public static bool Invert(float[] a, int n, int threads = 1, CancellationToken cancellationToken = default)
    {
        if (!Factor(a, n, threads, cancellationToken)) return false;

        // Row i of m becomes column i of L⁻¹: zero before i, so that all products below are of the ends of rows.
        var m = new float[a.Length];
        Run(threads, (n + 3) / 4, group => InvertRows(a, m, n, group * 4), cancellationToken);
        Run(threads, (n + 3) / 4, group =>
        {
            var i = group * 4;
            Span<float> products = stackalloc float[4];
            if (i + 4 <= n)
            {
                for (var j = 0; j < i + 4; j++)
                {
                    // From the first column where any of the four rows is not zero by construction.
                    var from = Math.Max(i, j);
                    VectorMath.Dot4(Row(m, n, i, from, n - from), Row(m, n, i + 1, from, n - from), Row(m, n, i + 2, from, n - from), Row(m, n, i + 3, from, n - from), Row(m, n, j, from, n - from), products);
                    for (var r = 0; r < 4; r++) a[((i + r) * n) + j] = products[r];
                }
            }
            else
            {
                for (var r = i; r < n; r++)
                {
                    for (var j = 0; j <= r; j++) a[(r * n) + j] = VectorMath.Dot(Row(m, n, r, r, n - r), Row(m, n, j, r, n - r));
                }
            }
        }, cancellationToken);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) a[(j * n) + i] = a[(i * n) + j];
        }

        return true;
    }

    // Four at a time, because each reads all of L below them.
    private static void InvertRows(float[] l, float[] m, int n, int i)
    {
        Span<float> products = stackalloc float[4];
        var count = Math.Min(4, n - i);
        for (var k = i; k < n; k++)
        {
            if (count == 4) VectorMath.Dot4(Row(m, n, i, i, k - i), Row(m, n, i + 1, i, k - i), Row(m, n, i + 2, i, k - i), Row(m, n, i + 3, i, k - i), Row(l, n, k, i, k - i), products);
            for (var r = 0; r < count; r++)
            {
                if (count < 4) products[r] = VectorMath.Dot(Row(m, n, i + r, i, k - i), Row(l, n, k, i, k - i));
                m[((i + r) * n) + k] = ((k == i + r ? 1 : 0) - products[r]) / l[(k * n) + k];
            }
        }
    }

    private static ReadOnlySpan<float> Row(float[] a, int n, int row, int from, int count) => a.AsSpan((row * n) + from, count);

    private static void Run(int threads, int count, Action<int> body, CancellationToken cancellationToken)
    {
        if (threads <= 1 || count < 64)
        {
            for (var i = 0; i < count; i++)
            {
                if (i % 16 == 0) cancellationToken.ThrowIfCancellationRequested();
                body(i);
            }

            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, body);
    }
}
