using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Blending;
using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;
using EdgeHost.Plugins.Recommendation.Engine.Models.Popularity;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>Models of made numbers for catalogues too large to have data of: groups of like items, a few popular ones and a long tail.</summary>
internal sealed class MadeCatalogue
{
    private const int Width = 32;
    private const int Neighbours = 50;
    private const int GroupSize = 500;
    private const double OwnShare = 0.6;

    public MadeCatalogue(int items)
    {
        var random = new SeededNumbers((ulong)items);
        var groups = Math.Max(4, items / GroupSize);
        var centres = Enumerable.Range(0, groups * Width).Select(_ => (float)random.NextNormal()).ToArray();
        Vectors = new float[items * Width];
        var popularity = new float[items];
        var rows = new SparseRowsBuilder(items, items);
        for (var item = 0; item < items; item++)
        {
            // Popularity falls with the rank, as it does; lengths of vectors go with its logarithm.
            var rank = 1 + random.NextInt(items);
            popularity[item] = 1f / rank;
            var length = (float)(0.2 + Math.Log(1 + (1000.0 / rank)));
            var group = item % groups;
            for (var i = 0; i < Width; i++) Vectors[(item * Width) + i] = length * ((float)OwnShare * centres[(group * Width) + i] + (float)((1 - OwnShare) * random.NextNormal())) / MathF.Sqrt(Width);
            var near = new SortedSet<int>();
            while (near.Count < Math.Min(Neighbours, items / 2)) near.Add(random.NextDouble() < OwnShare ? group + (groups * random.NextInt(items / groups)) : random.NextInt(items));
            rows.Add([.. near], [.. near.Select(_ => (float)random.NextDouble())]);
        }

        Table = FactorTable.Create(Vectors, items, Width);
        var gram = new float[Width * Width];
        for (var i = 0; i < Width; i++) gram[(i * Width) + i] = 1;
        Blend = new BlendScorer(
            [
                new PopularityScorer(popularity),
                new NeighbourScorer(ScorerKind.ItemToItem, rows.Build(), new HistoryDecay(double.PositiveInfinity, 30)),
                new FactorScorer(Table, gram, 0.3, 0.01, HistoryDecay.None),
            ],
            [new BlendSegment(int.MaxValue, [0.1, 0.4, 0.5])]);
        Histories = [.. Enumerable.Range(0, 50).Select(user => UserHistory.Of([.. Enumerable.Range(0, 60).Select(i => i < 40 ? (user % groups) + (groups * random.NextInt(items / groups)) : random.NextInt(items)).Distinct()]))];
    }

    /// <summary>The vectors by item, one after the other.</summary>
    public float[] Vectors { get; }

    public FactorTable Table { get; }

    public BlendScorer Blend { get; }

    /// <summary>Fifty users of about sixty items, two thirds of them of one group.</summary>
    public IReadOnlyList<UserHistory> Histories { get; }

    /// <summary>The mean of the vectors of a history's items, as a user.</summary>
    public float[] MeanOf(UserHistory history)
    {
        var mean = new float[Width];
        foreach (var item in history.Items) VectorMath.AddScaled(Vectors.AsSpan(item * Width, Width), 1f / history.Count, mean);
        return mean;
    }

    /// <summary>The products of a vector with all vectors, one number at a time.</summary>
    public float[] NaiveScores(ReadOnlySpan<float> user)
    {
        var scores = new float[Vectors.Length / Width];
        for (var item = 0; item < scores.Length; item++)
        {
            var sum = 0f;
            for (var i = 0; i < Width; i++) sum += user[i] * Vectors[(item * Width) + i];
            scores[item] = sum;
        }

        return scores;
    }
}
