using System.Buffers;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Blending;

/// <summary>
/// A weighted sum of models. Each member's scores are first divided by the mean of its best twenty for the history, items of the history left out, so that weights mean the same for long and
/// short histories; a member that can say nothing is left out. The sum stays linear in each member's parts, so its reasons are true as well. Weights depend on the length of the history.
/// </summary>
internal sealed class BlendScorer : ItemScorer
{
    /// <summary>How many of a member's best make its scale.</summary>
    public const int ScaleCount = 20;

    private const double Smallest = 1e-9;

    public BlendScorer(IReadOnlyList<ItemScorer> members, IReadOnlyList<BlendSegment> segments)
        : base(members[0].ItemCount)
    {
        if (members.Any(member => member.ItemCount != ItemCount)) throw new ArgumentException("The members are of different catalogues.", nameof(members));
        if (segments.Count == 0 || segments.Any(segment => segment.Weights.Count != members.Count)) throw new ArgumentException("A segment has not as many weights as there are members.", nameof(segments));
        Members = members;
        Segments = segments;
    }

    public override ScorerKind Kind => ScorerKind.Blend;

    public override long Bytes => Members.Sum(static member => member.Bytes);

    public IReadOnlyList<ItemScorer> Members { get; }

    /// <summary>By ascending length of history; the last one holds for all that are longer.</summary>
    public IReadOnlyList<BlendSegment> Segments { get; }

    /// <summary>Above so many items a list is made of each member's best, and not of sums over the whole catalogue.</summary>
    public int DenseItems { get; init; } = 50_000;

    /// <summary>How many of each member's best are looked at beyond <see cref="DenseItems"/>.</summary>
    public int Pool { get; init; } = 400;

    public static BlendScorer Read(ModelReader reader, int itemCount, Func<ModelReader, int, ItemScorer> readMember)
    {
        var members = new ItemScorer[reader.Int(1, 16)];
        for (var i = 0; i < members.Length; i++) members[i] = readMember(reader, itemCount);
        var segments = new BlendSegment[reader.Int(1, 64)];
        for (var i = 0; i < segments.Length; i++)
        {
            var most = reader.Int(0, int.MaxValue);
            var weights = new double[members.Length];
            for (var member = 0; member < weights.Length; member++) weights[member] = reader.Double();
            segments[i] = new BlendSegment(most, weights);
        }

        return new BlendScorer(members, segments);
    }

    /// <summary>The same weights of other members.</summary>
    public BlendScorer With(IReadOnlyList<ItemScorer> members) => new(members, Segments) { DenseItems = DenseItems, Pool = Pool };

    /// <summary>The scale of a member for a history; 0 where it can say nothing.</summary>
    public static float ScaleOf(IReadOnlyList<(int Item, float Score)> best)
    {
        var sum = 0.0;
        var count = Math.Min(ScaleCount, best.Count);
        for (var i = 0; i < count; i++) sum += best[i].Score;
        return count == 0 || sum / count < Smallest ? 0 : (float)(sum / count);
    }

    public override HistoryScores For(UserHistory history) => new Answers(this, history);

    internal override ItemScorer Mapped(int[] map, int itemCount)
        => With([.. Members.Select(member => member.Mapped(map, itemCount))]);

    internal override void Write(ModelWriter writer)
    {
        writer.Int(Members.Count);
        foreach (var member in Members)
        {
            writer.Int((int)member.Kind);
            member.Write(writer);
        }

        writer.Int(Segments.Count);
        foreach (var segment in Segments)
        {
            writer.Int(segment.MostItems);
            foreach (var weight in segment.Weights) writer.Double(weight);
        }
    }

    private IReadOnlyList<double> WeightsOf(UserHistory history)
        => (Segments.FirstOrDefault(segment => history.Count <= segment.MostItems) ?? Segments[^1]).Weights;

    private sealed class Answers : HistoryScores
    {
        private readonly BlendScorer _scorer;
        private readonly List<(HistoryScores Scores, float Factor)> _members = [];

        public Answers(BlendScorer scorer, UserHistory history)
        {
            _scorer = scorer;
            var weights = scorer.WeightsOf(history);
            using var own = new SeenItems(scorer.ItemCount, history.Items);
            for (var member = 0; member < scorer.Members.Count; member++)
            {
                if (weights[member] <= 0) continue;
                var scores = scorer.Members[member].For(history);
                if (ScaleOf(scores.Top(ScaleCount, own.Set)) is > 0 and var scale) _members.Add((scores, (float)(weights[member] / scale)));
                else scores.Dispose();
            }
        }

        public override void Score(Span<float> scores)
        {
            scores.Clear();
            var rented = ArrayPool<float>.Shared.Rent(scores.Length);
            foreach (var (member, factor) in _members)
            {
                if (member is DenseScores dense)
                {
                    VectorMath.AddScaled(dense.All, factor, scores);
                    continue;
                }

                member.Score(rented.AsSpan(0, scores.Length));
                VectorMath.AddScaled(rented.AsSpan(0, scores.Length), factor, scores);
            }

            ArrayPool<float>.Shared.Return(rented);
        }

        public override void ScoreSome(ReadOnlySpan<int> items, Span<float> scores)
        {
            scores[..items.Length].Clear();
            var buffer = new float[items.Length];
            foreach (var (member, factor) in _members)
            {
                member.ScoreSome(items, buffer);
                VectorMath.AddScaled(buffer, factor, scores[..items.Length]);
            }
        }

        public override IReadOnlyList<(int Item, float Score)> Top(int count, ItemSet? excluded = null)
            => _scorer.ItemCount <= _scorer.DenseItems ? WholeTop(count, excluded) : PooledTop(count, excluded);

        public override void Explain(int item, ICollection<Contribution> contributions)
        {
            var parts = new List<Contribution>();
            foreach (var (member, factor) in _members)
            {
                parts.Clear();
                member.Explain(item, parts);
                foreach (var part in parts) contributions.Add(part with { Value = part.Value * factor });
            }
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var (member, _) in _members) member.Dispose();
            _members.Clear();
            base.Dispose(disposing);
        }

        private (int Item, float Score)[] WholeTop(int count, ItemSet? excluded)
        {
            var rented = ArrayPool<float>.Shared.Rent(_scorer.ItemCount);
            var scores = rented.AsSpan(0, _scorer.ItemCount);
            Score(scores);
            var top = new TopItems(Math.Min(count, _scorer.ItemCount));
            top.OfferAll(scores, excluded);
            ArrayPool<float>.Shared.Return(rented);
            return top.ToSorted();
        }

        // The union of each member's best, scored by the whole blend.
        private (int Item, float Score)[] PooledTop(int count, ItemSet? excluded)
        {
            var pool = new HashSet<int>();
            foreach (var (member, _) in _members)
            {
                foreach (var (item, _) in member.Top(Math.Max(_scorer.Pool, 2 * count), excluded)) pool.Add(item);
            }

            int[] items = [.. pool];
            var scores = new float[items.Length];
            ScoreSome(items, scores);
            var top = new TopItems(Math.Min(count, items.Length));
            for (var i = 0; i < items.Length; i++) top.Offer(items[i], scores[i]);
            return top.ToSorted();
        }
    }
}
