using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>The matrix of one user's or item's least squares: a G + Σ w v vᵀ + λ I. Used again and again by one thread.</summary>
internal sealed class NormalEquations(int width)
{
    /// <summary>The matrix, of which the lower triangle counts; after <see cref="Factor"/> its factor.</summary>
    public float[] Matrix { get; } = new float[width * width];

    /// <summary>How many vectors were added.</summary>
    public int Count { get; private set; }

    public void Start(ReadOnlySpan<float> gram, double unobserved)
    {
        for (var i = 0; i < Matrix.Length; i++) Matrix[i] = gram[i] * (float)unobserved;
        Count = 0;
    }

    public void Add(ReadOnlySpan<float> vector, float weight)
    {
        for (var i = 0; i < width; i++) VectorMath.AddScaled(vector[..(i + 1)], weight * vector[i], Matrix.AsSpan(i * width, i + 1));
        Count++;
    }

    /// <summary>Adds the penalty and factors; false where the matrix is singular.</summary>
    public bool Factor(double penalty)
    {
        for (var i = 0; i < width; i++) Matrix[(i * width) + i] += (float)penalty;
        return PositiveDefinite.Factor(Matrix, width);
    }
}
