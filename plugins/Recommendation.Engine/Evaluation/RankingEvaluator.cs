using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Evaluation;

/// <summary>Measures lists against held-out items.</summary>
public static class RankingEvaluator
{
    /// <summary>Measures a model of the split's training part.</summary>
    /// <param name="scorer">A model of the same catalogue.</param>
    /// <param name="split">What is held out.</param>
    /// <param name="count">The length of the lists, at least 1.</param>
    /// <param name="cancellationToken">Ends it between two users.</param>
    public static RankingMetrics Evaluate(ItemScorer scorer, Split split, int count = 10, CancellationToken cancellationToken = default)
    {
        var seen = new ItemSet(scorer.ItemCount);
        return Evaluate(
            user =>
            {
                var history = split.Train.HistoryOf(user);
                foreach (var item in history.Items) seen.Add(item);
                var top = scorer.Top(history, count, seen);
                foreach (var item in history.Items) seen.Remove(item);
                return [.. top.Select(static x => x.Item)];
            },
            split,
            count,
            cancellationToken);
    }

    /// <summary>Measures any lists.</summary>
    /// <param name="list">The items for a user by its number, the best first; what is beyond <paramref name="count"/> is not looked at.</param>
    /// <param name="split">What is held out.</param>
    /// <param name="count">The length of the lists, at least 1.</param>
    /// <param name="cancellationToken">Ends it between two users.</param>
    public static RankingMetrics Evaluate(Func<int, IReadOnlyList<int>> list, Split split, int count = 10, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var sums = new Sums(split.Train);
        for (var user = 0; user < split.Relevant.Count; user++)
        {
            if (split.Relevant[user].Length == 0) continue;
            cancellationToken.ThrowIfCancellationRequested();
            var items = list(user);
            sums.Add([.. items.Take(count)], split.Relevant[user], count);
        }

        return sums.ToMetrics(count);
    }

    /// <summary>The discounted gain of one list over the ideal one.</summary>
    /// <param name="items">The list.</param>
    /// <param name="relevant">The relevant items, ascending; at least one.</param>
    /// <param name="count">The length that the ideal list may have.</param>
    public static double NDcgOf(ReadOnlySpan<int> items, ReadOnlySpan<int> relevant, int count)
    {
        var gain = 0.0;
        for (var place = 0; place < Math.Min(count, items.Length); place++)
        {
            if (relevant.BinarySearch(items[place]) >= 0) gain += 1 / Math.Log2(place + 2);
        }

        var ideal = 0.0;
        for (var place = 0; place < Math.Min(count, relevant.Length); place++) ideal += 1 / Math.Log2(place + 2);
        return gain / ideal;
    }

    private sealed class Sums(Snapshot train)
    {
        private readonly HashSet<int> _listed = [];
        private readonly ItemColumns _columns = train.Columns;
        private int _users;
        private double _nDcg;
        private double _map;
        private double _precision;
        private double _recall;
        private double _hitUsers;
        private double _novelty;
        private double _diversity;

        public void Add(int[] items, int[] relevant, int count)
        {
            _users++;
            _nDcg += NDcgOf(items, relevant, count);
            var hits = 0;
            var precisions = 0.0;
            for (var place = 0; place < items.Length; place++)
            {
                if (Array.BinarySearch(relevant, items[place]) >= 0) precisions += ++hits / (place + 1.0);
            }

            _map += precisions / relevant.Length;
            _precision += hits / (double)count;
            _recall += hits / (double)relevant.Length;
            _hitUsers += hits > 0 ? 1 : 0;
            _listed.UnionWith(items);
            if (items.Length > 0) _novelty += items.Average(item => -Math.Log2(Math.Max(1, _columns.CountOf(item)) / (double)train.Users.Count));
            var pairs = 0;
            var differences = 0.0;
            for (var i = 0; i < items.Length; i++)
            {
                for (var j = 0; j < i; j++, pairs++) differences += 1 - Cosine(items[i], items[j]);
            }

            _diversity += pairs == 0 ? 0 : differences / pairs;
        }

        public RankingMetrics ToMetrics(int count)
        {
            var users = Math.Max(1, _users);
            return new RankingMetrics
            {
                Users = _users,
                Count = count,
                NDcg = _nDcg / users,
                Map = _map / users,
                Precision = _precision / users,
                Recall = _recall / users,
                HitRate = _hitUsers / users,
                Coverage = train.Catalogue.Count == 0 ? 0 : _listed.Count / (double)train.Catalogue.Count,
                Novelty = _novelty / users,
                Diversity = _diversity / users,
            };
        }

        private double Cosine(int a, int b)
        {
            var one = _columns.UsersOf(a);
            var other = _columns.UsersOf(b);
            if (one.Length == 0 || other.Length == 0) return 0;
            var shared = 0;
            for (int i = 0, j = 0; i < one.Length && j < other.Length;)
            {
                var order = one[i].CompareTo(other[j]);
                if (order == 0) shared++;
                if (order <= 0) i++;
                if (order >= 0) j++;
            }

            return shared / Math.Sqrt((double)one.Length * other.Length);
        }
    }
}
