using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Evaluation;

/// <summary>How a snapshot is split: a share of each user's items is held out, rounded, and at least one item stays.</summary>
/// <param name="Kind">Which items.</param>
/// <param name="Share">How many of them, above 0 and below 1.</param>
/// <param name="Seed">Of what is random. The draw of a user depends on the seed and the user's id alone.</param>
public sealed record HoldOut(HoldOutKind Kind = HoldOutKind.Newest, double Share = 0.15, ulong Seed = 1)
{
    /// <summary>Splits. Items that a user rejects are not held out, and stay.</summary>
    public Split Apply(Snapshot snapshot)
    {
        if (!(Share is > 0 and < 1)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The share that is held out is {Share}; it must be above 0 and below 1.");
        var kept = new UserHistory[snapshot.Users.Count];
        var relevant = new int[kept.Length][];
        for (var user = 0; user < kept.Length; user++)
        {
            var history = snapshot.HistoryOf(user);
            var candidates = new List<int>();
            for (var i = 0; i < history.Count; i++)
            {
                if (history.Values[i] > 0) candidates.Add(i);
            }

            var count = Math.Min(candidates.Count - 1, (int)Math.Round(candidates.Count * Share, MidpointRounding.AwayFromZero));
            if (count <= 0)
            {
                (kept[user], relevant[user]) = (history, []);
                continue;
            }

            var order = candidates.ToArray();
            var newest = Kind switch { HoldOutKind.Newest => count, HoldOutKind.Mixed => (count + 1) / 2, _ => 0 };
            // What is not held out as the newest is drawn from the items before those.
            if (newest < count) new SeededNumbers(SeededNumbers.SeedOf(Seed, snapshot.Users[user])).Shuffle<int>(order.AsSpan(0, order.Length - newest));
            var held = order.AsSpan(order.Length - count);
            var items = new int[count];
            var map = new HashSet<int>(count);
            for (var i = 0; i < count; i++)
            {
                items[i] = history.Items[held[i]];
                map.Add(held[i]);
            }

            Array.Sort(items);
            relevant[user] = items;
            kept[user] = history.Without(map);
        }

        return new Split(snapshot.With(kept), relevant);
    }
}
