using System.Runtime.InteropServices;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Sequences;

/// <summary>Counts transitions.</summary>
internal static class SequenceBuilder
{
    private const double MillisecondsOfMinute = 60_000;
    private const int LeastOfPair = 2;

    public static SequenceScorer Build(Snapshot snapshot, SequenceOptions options, CancellationToken cancellationToken)
    {
        var itemCount = snapshot.Catalogue.Count;
        var singles = new Dictionary<long, double>();
        var left = new double[itemCount];
        var pairs = new Dictionary<long, int>();
        foreach (var history in snapshot.Histories)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var places = PositivePlaces(history);
            for (var i = 0; i < places.Length; i++)
            {
                for (var distance = 1; distance <= options.Reach && i + distance < places.Length; distance++)
                {
                    var (from, to) = (places[i], places[i + distance]);
                    var weight = (SameSession(history, from, to, options) ? 1 : options.BetweenSessions) / distance;
                    CollectionsMarshal.GetValueRefOrAddDefault(singles, SequenceScorer.KeyOf(history.Items[from], history.Items[to]), out _) += weight;
                    left[history.Items[from]] += weight;
                }

                if (i > 1) CollectionsMarshal.GetValueRefOrAddDefault(pairs, SequenceScorer.KeyOf(history.Items[places[i - 2]], history.Items[places[i - 1]]), out _)++;
            }

            if (singles.Count > options.MaxTransitions) KeepFrequent(singles);
            if (pairs.Count > options.MaxTransitions) KeepFrequent(pairs);
        }

        var first = Rows(singles, itemCount, itemCount, options.Followers, row => left[row] + options.Shrinkage);
        var (keys, counts) = MostFrequent(pairs, options.MaxPairs);
        var second = Rows(Continuations(snapshot, keys), keys.Length, itemCount, options.Followers, row => counts[row]);
        return new SequenceScorer(first, keys, Array.ConvertAll(counts, count => (float)(count / (count + options.Shrinkage))), second, options.Last, options.Fading);
    }

    private static void KeepFrequent<T>(Dictionary<long, T> counts)
        where T : struct, IComparable<T>
    {
        var values = counts.Values.ToArray();
        Array.Sort(values);
        var middle = values[values.Length / 2];
        // Where most are equally rare, all of those go.
        var keepsMiddle = values[0].CompareTo(middle) < 0;
        foreach (var (key, value) in counts)
        {
            if (value.CompareTo(middle) < (keepsMiddle ? 0 : 1)) counts.Remove(key);
        }
    }

    private static int[] PositivePlaces(UserHistory history)
    {
        var places = new List<int>(history.Count);
        for (var i = 0; i < history.Count; i++)
        {
            if (history.Values[i] > 0) places.Add(i);
        }

        return [.. places];
    }

    private static bool SameSession(UserHistory history, int from, int to, SequenceOptions options)
        => history.Sessions[from] >= 0 && history.Sessions[to] >= 0
            ? history.Sessions[from] == history.Sessions[to]
            : (double)history.Times[to] - history.Times[from] <= options.SessionMinutes * MillisecondsOfMinute * (to - from);

    private static (long[] Keys, int[] Counts) MostFrequent(Dictionary<long, int> pairs, int most)
    {
        var kept = pairs.Where(static x => x.Value >= LeastOfPair).OrderByDescending(static x => x.Value).ThenBy(static x => x.Key).Take(most).OrderBy(static x => x.Key).ToArray();
        return (Array.ConvertAll(kept, static x => x.Key), Array.ConvertAll(kept, static x => x.Value));
    }

    private static Dictionary<long, double> Continuations(Snapshot snapshot, long[] keys)
    {
        var counts = new Dictionary<long, double>();
        foreach (var history in snapshot.Histories)
        {
            var places = PositivePlaces(history);
            for (var i = 2; i < places.Length; i++)
            {
                var row = Array.BinarySearch(keys, SequenceScorer.KeyOf(history.Items[places[i - 2]], history.Items[places[i - 1]]));
                if (row >= 0) CollectionsMarshal.GetValueRefOrAddDefault(counts, SequenceScorer.KeyOf(row, history.Items[places[i]]), out _)++;
            }
        }

        return counts;
    }

    // Keys are rows and columns, whose order is that of the keys.
    private static SparseRows Rows(Dictionary<long, double> entries, int rowCount, int columnCount, int most, Func<int, double> divisor)
    {
        var builder = new SparseRowsBuilder(rowCount, columnCount);
        var (keys, counts) = (new long[entries.Count], new double[entries.Count]);
        entries.Keys.CopyTo(keys, 0);
        entries.Values.CopyTo(counts, 0);
        Array.Sort(keys, counts);
        for (int start = 0, row = 0; row < rowCount; row++)
        {
            var end = start;
            while (end < keys.Length && (int)(keys[end] >> 32) == row) end++;
            var top = new TopItems(Math.Min(most, end - start));
            for (var i = start; i < end; i++) top.Offer((int)keys[i], (float)(counts[i] / divisor(row)));
            var kept = top.ToSorted();
            builder.Add(Array.ConvertAll(kept, static x => x.Item), Array.ConvertAll(kept, static x => x.Score));
            start = end;
        }

        return builder.Build();
    }
}
