using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;

/// <summary>
/// Item-to-item similarity by shared users, in the manner of SAR (Microsoft Recommenders, "Simple Algorithm for Recommendation"): co-occurrence, then Jaccard, cosine or lift, shrunk.
/// </summary>
internal static class NeighbourBuilder
{
    private const int LeastNeighbours = 10;

    public static NeighbourScorer Build(Snapshot snapshot, NeighbourOptions options, CancellationToken cancellationToken)
    {
        var columns = snapshot.Columns;
        var itemCount = columns.ItemCount;
        var builder = new SparseRowsBuilder(itemCount, itemCount);
        var sums = new float[itemCount];
        var touched = new List<int>();
        var totals = new float[itemCount];
        for (var item = 0; item < itemCount; item++)
        {
            foreach (var value in columns.ValuesOf(item)) totals[item] += value * value;
        }

        var most = Math.Min(options.Neighbours, Math.Max(LeastNeighbours, options.MaxEntries / Math.Max(1, itemCount)));
        for (var item = 0; item < itemCount; item++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            touched.Clear();
            var users = columns.UsersOf(item);
            var values = columns.ValuesOf(item);
            var step = Math.Max(1, (double)users.Length / options.MaxUsersOfItem);
            for (var place = 0.0; place < users.Length; place += step)
            {
                var history = snapshot.Histories[users[(int)place]];
                var value = values[(int)place] * (float)step;
                for (var i = Math.Max(0, history.Count - options.MaxItemsOfUser); i < history.Count; i++)
                {
                    if (history.Values[i] <= 0) continue;
                    var other = history.Items[i];
                    if (sums[other] == 0) touched.Add(other);
                    sums[other] += value * history.Values[i];
                }
            }

            var top = new TopItems(Math.Min(most, touched.Count));
            foreach (var other in touched)
            {
                if (other != item) top.Offer(other, Compare(options, sums[other], totals[item], totals[other]));
                sums[other] = 0;
            }

            var kept = top.ToSorted();
            builder.Add(Array.ConvertAll(kept, static x => x.Item), Array.ConvertAll(kept, static x => x.Score));
        }

        return new NeighbourScorer(ScorerKind.ItemToItem, builder.Build(), options.Decay);
    }

    private static float Compare(NeighbourOptions options, double shared, double a, double b) => (float)(shared / (options.Shrinkage + options.Similarity switch
    {
        Similarity.Jaccard => Math.Max(shared, a + b - shared),
        Similarity.Cosine => Math.Sqrt(a * b),
        _ => a * b,
    }));
}
