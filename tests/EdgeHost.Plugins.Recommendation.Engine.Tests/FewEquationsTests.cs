using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Least squares of few events against those of any number.</summary>
public class FewEquationsTests
{
    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 2)]
    [InlineData(32, 5)]
    [InlineData(64, 10)]
    [InlineData(7, 1)]
    public void Solution_IsThatOfTheWholeMatrix(int width, int events)
    {
        var random = new Random((width * 100) + events);
        float[] Vector() => [.. Enumerable.Range(0, width).Select(_ => (float)(random.NextDouble() - 0.5))];
        var gram = new float[width * width];
        for (var i = 0; i < 200; i++)
        {
            var vector = Vector();
            for (var row = 0; row < width; row++) VectorMath.AddScaled(vector, vector[row], gram.AsSpan(row * width, width));
        }

        var (few, all) = (new FewEquations(width), new NormalEquations(width));
        var (expected, actual) = (new float[width], new float[width]);
        few.Start();
        all.Start(gram, 0.3);
        for (var i = 0; i < events; i++)
        {
            var (vector, weight) = (Vector(), 0.5f + random.NextSingle());
            few.Add(vector, weight);
            all.Add(vector, weight);
            VectorMath.AddScaled(vector, weight, expected);
        }

        Assert.True(all.Factor(0.7));
        PositiveDefinite.Solve(all.Matrix, width, expected);
        Assert.True(few.Solve(FewEquations.Invert(gram, 0.3, 0.7, width)!, actual));

        for (var i = 0; i < width; i++) Assert.Equal(expected[i], actual[i], 1e-4f * expected.Max(MathF.Abs));
        Assert.True(expected.Max(MathF.Abs) > 0.001);
    }

    [Fact]
    public void ASingularMatrix_IsSaid() => Assert.Null(FewEquations.Invert(new float[16], 1, 0, 4));
}
