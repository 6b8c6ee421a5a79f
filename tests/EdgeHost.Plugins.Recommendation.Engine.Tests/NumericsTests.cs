using EdgeHost.Plugins.Recommendation.Engine.Models.Linear;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Matrices against the definition.</summary>
public class NumericsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(131)]
    public void Invert_TimesTheMatrixIsOne(int n)
    {
        var a = Positive(n);
        var inverse = (float[])a.Clone();
        Assert.True(PositiveDefinite.Invert(inverse, n));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < n; k++) sum += (double)a[(i * n) + k] * inverse[(k * n) + j];
                Assert.Equal(i == j ? 1 : 0, sum, 1e-3);
            }
        }

        var threaded = (float[])a.Clone();
        PositiveDefinite.Invert(threaded, n, threads: 3);
        Assert.Equal(inverse, threaded);
    }

    [Fact]
    public void Factor_RefusesWhatIsNotPositiveDefinite()
        => Assert.False(PositiveDefinite.Factor([1, 2, 2, 1], 2));

    [Fact]
    public void Linear_IsTheClosedForm()
    {
        var data = Made.Snapshot(users: 20, items: 12, perUser: 5);
        var n = data.Catalogue.Count;
        var gram = new float[n * n];
        foreach (var history in data.Histories)
        {
            foreach (var i in history.Items)
            {
                foreach (var j in history.Items) gram[(i * n) + j]++;
            }
        }

        for (var i = 0; i < n; i++) gram[(i * n) + i] += 3;
        Assert.True(PositiveDefinite.Invert(gram, n));
        var scorer = LinearBuilder.Build(data, new LinearOptions { Penalty = 3 }, 1, default);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) Assert.Equal(i == j ? 0 : -gram[(i * n) + j] / gram[(j * n) + j], scorer.Matrix.ValueAt(i, j), 1e-5);
        }
    }

    [Fact]
    public void Normal_HasMeanZeroAndDeviationOne()
    {
        var random = new SeededNumbers(3);
        var drawn = Enumerable.Range(0, 20_000).Select(_ => random.NextNormal()).ToArray();

        Assert.Equal(0, drawn.Average(), 0.03);
        Assert.Equal(1, Math.Sqrt(drawn.Average(static x => x * x)), 0.03);
    }

    private static float[] Positive(int n)
    {
        var random = new SeededNumbers((ulong)n);
        var rows = Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, 40).Select(_ => (float)random.NextNormal()).ToArray()).ToArray();
        var a = new float[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) a[(i * n) + j] = VectorMath.Dot(rows[i], rows[j]) + (i == j ? 20 : 0);
        }

        return a;
    }
}
