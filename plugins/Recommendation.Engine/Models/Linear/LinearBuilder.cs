using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Linear;

/// <summary>
/// EASE (Steck: Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019): with G = XᵀX + λI and P = G⁻¹ the weights are B[i, j] = -P[i, j] / P[j, j], zero on the diagonal. X holds strengths.
/// With dropout p the penalty of item j is λ + p / (1 - p) G[j, j] (Steck: Autoencoders that don't overfit towards the identity, NeurIPS 2020); rows of long histories may count less.
/// </summary>
internal static class LinearBuilder
{
    private const int MostTries = 8;

    public static NeighbourScorer Build(Snapshot snapshot, LinearOptions options, int threads, CancellationToken cancellationToken)
    {
        var itemCount = snapshot.Catalogue.Count;
        var solved = snapshot.Columns.MostFrequent(options.MaxItems);
        Array.Sort(solved);
        var n = solved.Length;
        var inverse = Invert(snapshot, solved, options, threads, cancellationToken);
        var builder = new SparseRowsBuilder(itemCount, itemCount);
        for (int row = 0, item = 0; item < itemCount; item++)
        {
            if (row == n || solved[row] != item)
            {
                builder.Add([], []);
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var top = new TopItems(Math.Min(options.Neighbours, n - 1));
            for (var column = 0; column < n; column++)
            {
                if (column != row) top.Offer(column, Math.Abs(inverse[((long)row * n) + column] / inverse[((long)column * n) + column]));
            }

            var kept = top.ToSorted();
            builder.Add(
                Array.ConvertAll(kept, x => solved[x.Item]),
                Array.ConvertAll(kept, x => -inverse[((long)row * n) + x.Item] / inverse[((long)x.Item * n) + x.Item]));
            row++;
        }

        return new NeighbourScorer(ScorerKind.Linear, builder.Build(), options.Decay);
    }

    private static float[] Invert(Snapshot snapshot, int[] solved, LinearOptions options, int threads, CancellationToken cancellationToken)
    {
        // A penalty too small for single precision is raised: the answer to users who all did the same.
        for (var attempt = 0; attempt < MostTries; attempt++, options = options with { Penalty = options.Penalty * 10 })
        {
            var gram = GramOf(snapshot, solved, options, cancellationToken);
            if (PositiveDefinite.Invert(gram, solved.Length, threads, cancellationToken)) return gram;
        }

        throw new EdgeHostException(ErrorCode.Internal, "The linear model could not be solved with any penalty.");
    }

    private static float[] GramOf(Snapshot snapshot, int[] solved, LinearOptions options, CancellationToken cancellationToken)
    {
        var n = solved.Length;
        var places = new int[snapshot.Catalogue.Count];
        Array.Fill(places, -1);
        for (var i = 0; i < n; i++) places[solved[i]] = i;
        var gram = new float[n * n];
        var meanLength = Math.Max(1, snapshot.InteractionCount / (double)Math.Max(1, snapshot.Histories.Length));
        var row = new List<(int Place, float Value)>();
        foreach (var history in snapshot.Histories)
        {
            cancellationToken.ThrowIfCancellationRequested();
            row.Clear();
            for (var i = 0; i < history.Count; i++)
            {
                if (history.Values[i] > 0 && places[history.Items[i]] >= 0) row.Add((places[history.Items[i]], history.Values[i]));
            }

            row.Sort();
            var weight = (float)Math.Pow(Math.Max(1, history.Count) / meanLength, -options.LengthExponent);
            for (var i = 0; i < row.Count; i++)
            {
                var value = row[i].Value * weight;
                for (var j = 0; j <= i; j++) gram[(row[i].Place * n) + row[j].Place] += value * row[j].Value;
            }
        }

        for (var i = 0; i < n; i++) gram[(i * n) + i] += (float)(options.Penalty + (options.Dropout / (1 - options.Dropout) * gram[(i * n) + i]));
        return gram;
    }
}
