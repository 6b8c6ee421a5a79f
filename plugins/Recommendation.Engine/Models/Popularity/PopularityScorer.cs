using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Popularity;

/// <summary>
/// The strengths that users gave each item, added up and divided by the number of users, shrunk towards the mean item: (s + k m) / (n + k) with n users, the sum s of an item, the mean m of
/// what one user gives an item and k users of mean taste. The same for everybody.
/// </summary>
internal sealed class PopularityScorer(float[] scores) : ItemScorer(scores.Length)
{
    private readonly Lazy<int[]> _order = new(() => [.. Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item])]);

    public override ScorerKind Kind => ScorerKind.Popularity;

    private float[] Scores => scores;

    public override long Bytes => (long)ItemCount * sizeof(float);

    public static PopularityScorer Build(Snapshot snapshot, PopularityOptions options)
    {
        var newest = snapshot.Histories.Length == 0 ? 0 : NewestOf(snapshot);
        var decay = new HistoryDecay(options.HalfLifeDays, double.PositiveInfinity);
        var sums = new double[snapshot.Catalogue.Count];
        foreach (var history in snapshot.Histories)
        {
            for (var i = 0; i < history.Count; i++)
            {
                sums[history.Items[i]] += history.Values[i] * decay.Factor(Math.Max(0, (double)newest - history.Times[i]), 0);
            }
        }

        // Shrinkage: with few users nobody's favourite is certain, so differences count less beside the mean.
        var users = snapshot.Histories.Length;
        var mean = sums.Length == 0 ? 0 : sums.Sum() / sums.Length;
        return new PopularityScorer(Array.ConvertAll(sums, sum => (float)((sum + (options.Shrinkage * mean / Math.Max(1, users))) / (users + options.Shrinkage))));
    }

    public static PopularityScorer Read(ModelReader reader, int itemCount) => new(reader.Floats(itemCount));

    public override HistoryScores For(UserHistory history) => new Answers(this);

    internal override ItemScorer Mapped(int[] map, int itemCount)
    {
        var mapped = new float[itemCount];
        for (var i = 0; i < map.Length; i++)
        {
            if (map[i] >= 0) mapped[map[i]] = scores[i];
        }

        return new PopularityScorer(mapped);
    }

    internal override void Write(ModelWriter writer) => writer.Floats(scores);

    // Not the very newest event: one wrong clock must not make all others old.
    private static long NewestOf(Snapshot snapshot)
    {
        var last = new List<long>(snapshot.Histories.Length);
        foreach (var history in snapshot.Histories)
        {
            if (history.Count > 0) last.Add(history.Times[^1]);
        }

        last.Sort();
        return last.Count == 0 ? 0 : last[Math.Max(0, (int)Math.Ceiling(last.Count * 0.99) - 1)];
    }

    private sealed class Answers(PopularityScorer scorer) : HistoryScores
    {
        private readonly float[] _scores = scorer.Scores;

        public override void Score(Span<float> scores) => _scores.CopyTo(scores);

        public override void ScoreSome(ReadOnlySpan<int> items, Span<float> scores)
        {
            for (var i = 0; i < items.Length; i++) scores[i] = _scores[items[i]];
        }

        public override IReadOnlyList<(int Item, float Score)> Top(int count, ItemSet? excluded = null)
            => [.. scorer._order.Value.Where(item => excluded?.Contains(item) != true).Take(count).Select(item => (item, _scores[item]))];

        public override void Explain(int item, ICollection<Contribution> contributions)
            => contributions.Add(new Contribution(ContributionKind.Popularity, -1, null, _scores[item]));
    }
}
