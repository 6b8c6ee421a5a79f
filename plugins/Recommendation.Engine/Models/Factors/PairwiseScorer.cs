using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>
/// Two vectors an item: q for the item that is scored, with its bias as last number, and p for items of histories. A user is the sum of w p over the root of how many there are, so a new user
/// needs no training: the score of j is b(j) + Σ w(i) p(i) q(j) / √n.
/// </summary>
internal sealed class PairwiseScorer(FactorTable targets, FactorTable sources, HistoryDecay decay) : ItemScorer(targets.ItemCount)
{
    public override ScorerKind Kind => ScorerKind.Pairwise;

    public override long Bytes => targets.Bytes + sources.Bytes;

    public static PairwiseScorer Read(ModelReader reader, int itemCount)
    {
        var decay = reader.Decay();
        var scorer = new PairwiseScorer(FactorTable.Read(reader, itemCount), FactorTable.Read(reader, itemCount), decay);
        return scorer.Widths.Targets == scorer.Widths.Sources + 1 ? scorer : throw ModelReader.Broken("vectors of two kinds do not fit");
    }

    private (int Targets, int Sources) Widths => (targets.Width, sources.Width);

    public PairwiseScorer With(HistoryDecay other) => new(targets, sources, other);

    public override void Score(UserHistory history, Span<float> scores) => targets.Score(UserVector(history), scores);

    public override void ScoreSome(UserHistory history, ReadOnlySpan<int> items, Span<float> scores) => targets.ScoreSome(UserVector(history), items, scores);

    public override IReadOnlyList<(int Item, float Score)> Top(UserHistory history, int count, ItemSet? excluded = null) => targets.Top(UserVector(history), count, excluded);

    public override void Explain(UserHistory history, int item, ICollection<Contribution> contributions)
    {
        var target = targets.VectorOf(item);
        if (target.IsEmpty) return;
        contributions.Add(new Contribution(ContributionKind.Popularity, -1, null, target[^1]));
        var weights = new float[history.Count];
        var scale = WriteScaled(history, weights);
        for (var i = 0; i < weights.Length; i++)
        {
            var source = sources.VectorOf(history.Items[i]);
            if (!source.IsEmpty && weights[i] != 0) contributions.Add(new Contribution(ContributionKind.History, history.Items[i], null, weights[i] * scale * VectorMath.Dot(source, target[..^1])));
        }
    }

    internal override ItemScorer Mapped(int[] map, int itemCount) => new PairwiseScorer(targets.Mapped(map, itemCount), sources.Mapped(map, itemCount), decay);

    internal override void Write(ModelWriter writer)
    {
        writer.Decay(decay);
        targets.Write(writer);
        sources.Write(writer);
    }

    private float[] UserVector(UserHistory history)
    {
        var weights = new float[history.Count];
        var scale = WriteScaled(history, weights);
        var user = new float[targets.Width];
        user[^1] = 1;
        for (var i = 0; i < weights.Length; i++)
        {
            var source = sources.VectorOf(history.Items[i]);
            if (!source.IsEmpty) VectorMath.AddScaled(source, weights[i] * scale, user.AsSpan(0, source.Length));
        }

        return user;
    }

    // What sums are multiplied with: 1 / √n, where n counts faded items as parts.
    private float WriteScaled(UserHistory history, Span<float> weights)
    {
        history.WriteWeights(decay, weights);
        var total = 0f;
        foreach (var weight in weights) total += Math.Abs(weight);
        return total > 0 ? 1 / MathF.Sqrt(Math.Max(1, total)) : 0;
    }
}
