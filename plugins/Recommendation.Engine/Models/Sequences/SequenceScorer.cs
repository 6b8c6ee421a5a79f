using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Sequences;

/// <summary>
/// What comes after what. First order: the share P(j | i) of followers, summed over the newest items with a factor that fades from the newest back. Second order: where the newest two were seen
/// in this order n times, the share P(j | a, b) of what came next takes part with n / (n + k), and the first order keeps the rest (back-off).
/// </summary>
internal sealed class SequenceScorer(SparseRows first, long[] pairs, float[] shares, SparseRows second, int last, double fading) : ItemScorer(first.RowCount)
{
    public override ScorerKind Kind => ScorerKind.Sequence;

    public override long Bytes => ((long)first.EntryCount * 8) + ((long)second.EntryCount * 8) + ((long)pairs.Length * 16) + ((long)first.RowCount * 4);

    public static SequenceScorer Read(ModelReader reader, int itemCount)
    {
        var (last, fading) = (reader.Int(1, 10_000), reader.Double());
        var first = reader.Rows(itemCount, itemCount);
        var (froms, tos) = (reader.Ints(0, itemCount - 1), reader.Ints(0, itemCount - 1));
        if (froms.Length != tos.Length) throw ModelReader.Broken("pairs are not whole");
        var pairs = new long[froms.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = KeyOf(froms[i], tos[i]);
            if (i > 0 && pairs[i] <= pairs[i - 1]) throw ModelReader.Broken("pairs are out of order");
        }

        var shares = reader.Floats(pairs.Length);
        return new SequenceScorer(first, pairs, shares, reader.Rows(pairs.Length, itemCount), last, fading);
    }

    /// <summary>The key of two items in this order.</summary>
    public static long KeyOf(int from, int to) => ((long)from << 32) | (uint)to;

    /// <summary>The same transitions, looked at from other items of a history.</summary>
    public SequenceScorer With(int otherLast, double otherFading) => new(first, pairs, shares, second, otherLast, otherFading);

    public override HistoryScores For(UserHistory history) => new Answers(first, second, Sources(history));

    internal override ItemScorer Mapped(int[] map, int itemCount)
    {
        var kept = Enumerable.Range(0, pairs.Length)
            .Select(i => (Old: i, From: map[(int)(pairs[i] >> 32)], To: map[(int)pairs[i]]))
            .Where(static pair => pair.From >= 0 && pair.To >= 0)
            .OrderBy(static pair => KeyOf(pair.From, pair.To))
            .ToArray();
        var rowMap = new int[pairs.Length];
        Array.Fill(rowMap, -1);
        for (var i = 0; i < kept.Length; i++) rowMap[kept[i].Old] = i;
        return new SequenceScorer(
            first.Mapped(map, itemCount, map, itemCount),
            Array.ConvertAll(kept, static pair => KeyOf(pair.From, pair.To)),
            Array.ConvertAll(kept, pair => shares[pair.Old]),
            second.Mapped(rowMap, kept.Length, map, itemCount),
            last,
            fading);
    }

    internal override void Write(ModelWriter writer)
    {
        writer.Int(last);
        writer.Double(fading);
        writer.Rows(first);
        writer.Ints(Array.ConvertAll(pairs, static pair => (int)(pair >> 32)));
        writer.Ints(Array.ConvertAll(pairs, static pair => (int)pair));
        writer.Floats(shares);
        writer.Rows(second);
    }

    // The newest positive items and the rows that they add: a row of the first order, or with a pair one of the second.
    private List<(int Item, int Pair, float Weight)> Sources(UserHistory history)
    {
        var sources = new List<(int Item, int Pair, float Weight)>(last + 1);
        var newest = new List<int>(last);
        for (var i = history.Count - 1; i >= 0 && newest.Count < last; i--)
        {
            if (history.Values[i] > 0) newest.Add(history.Items[i]);
        }

        var left = 1f;
        if (newest.Count > 1 && Array.BinarySearch(pairs, KeyOf(newest[1], newest[0])) is >= 0 and var pair)
        {
            sources.Add((newest[0], pair, shares[pair]));
            left -= shares[pair];
        }

        for (var i = 0; i < newest.Count; i++) sources.Add((newest[i], -1, left * (float)Math.Pow(fading, i)));
        return sources;
    }

    private sealed class Answers(SparseRows first, SparseRows second, List<(int Item, int Pair, float Weight)> sources) : DenseScores(first.RowCount)
    {
        public override void Explain(int item, ICollection<Contribution> contributions)
        {
            foreach (var (source, pair, weight) in sources)
            {
                var value = weight * (pair < 0 ? first.ValueAt(source, item) : second.ValueAt(pair, item));
                if (value != 0) contributions.Add(new Contribution(ContributionKind.Sequence, source, null, value));
            }
        }

        protected override IReadOnlyList<RowPart> Parts => [.. sources.Select(source => source.Pair < 0 ? new RowPart(first, source.Item, source.Weight) : new RowPart(second, source.Pair, source.Weight))];

        protected override void Fill(Span<float> scores)
        {
            scores.Clear();
            foreach (var (item, pair, weight) in sources)
            {
                if (pair < 0) first.AddRow(item, weight, scores);
                else second.AddRow(pair, weight, scores);
            }
        }
    }
}
