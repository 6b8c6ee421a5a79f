using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>
/// Least squares of users or items with few events, of which large catalogues have most: (B + Vᵀ W V)⁻¹ Vᵀ w = B⁻¹ Vᵀ (W⁻¹ + V B⁻¹ Vᵀ)⁻¹ 1 (the push-through identity of Woodbury's), where B is the same for all with
/// as many events and is inverted once. With n events of vectors of length k it takes n k² in place of k³ / 6. Used again and again by one thread.
/// </summary>
internal sealed class FewEquations(int width)
{
    private readonly float[] _vectors = new float[MostOf(width) * width];
    private readonly float[] _turned = new float[MostOf(width) * width];
    private readonly float[] _matrix = new float[MostOf(width) * MostOf(width)];
    private readonly float[] _weights = new float[MostOf(width)];

    /// <summary>How many vectors were added.</summary>
    public int Count { get; private set; }

    /// <summary>With more events than this it is no quicker.</summary>
    public static int MostOf(int width) => Math.Max(1, width / 6);

    /// <summary>Inverts the matrix that all with as many events share.</summary>
    /// <param name="gram">The vectors' products, row by row.</param>
    /// <param name="unobserved">What they count.</param>
    /// <param name="penalty">What is added to the diagonal.</param>
    /// <param name="width">The length of vectors.</param>
    /// <returns>Null where it is singular.</returns>
    public static float[]? Invert(ReadOnlySpan<float> gram, double unobserved, double penalty, int width)
    {
        var matrix = new float[width * width];
        for (var i = 0; i < matrix.Length; i++) matrix[i] = gram[i] * (float)unobserved;
        for (var i = 0; i < width; i++) matrix[(i * width) + i] += (float)penalty;
        return PositiveDefinite.Invert(matrix, width) ? matrix : null;
    }

    public void Start() => Count = 0;

    /// <summary>Adds an event; at most <see cref="MostOf"/>.</summary>
    /// <param name="vector">The other side's vector.</param>
    /// <param name="weight">Above 0.</param>
    public void Add(ReadOnlySpan<float> vector, float weight)
    {
        vector.CopyTo(_vectors.AsSpan(Count * width));
        _weights[Count++] = weight;
    }

    /// <summary>Solves.</summary>
    /// <param name="inverse">What <see cref="Invert"/> gave for as many events.</param>
    /// <param name="solution">Receives it.</param>
    /// <returns>False where it is singular.</returns>
    public bool Solve(float[] inverse, Span<float> solution)
    {
        solution.Clear();
        for (var i = 0; i < Count; i++) VectorMath.RowDots(inverse, _vectors.AsSpan(i * width, width), _turned.AsSpan(i * width, width));
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j <= i; j++) _matrix[(i * Count) + j] = VectorMath.Dot(_vectors.AsSpan(i * width, width), _turned.AsSpan(j * width, width));
            _matrix[(i * Count) + i] += 1 / _weights[i];
        }

        if (!PositiveDefinite.Factor(_matrix, Count)) return false;
        Span<float> parts = stackalloc float[Count];
        parts.Fill(1);
        PositiveDefinite.Solve(_matrix, Count, parts);
        for (var i = 0; i < Count; i++) VectorMath.AddScaled(_turned.AsSpan(i * width, width), parts[i], solution);
        return true;
    }
}
