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

    public override HistoryScores For(UserHistory history) => new Answers(targets, sources, history, decay);

    internal override ItemScorer Mapped(int[] map, int itemCount) => new PairwiseScorer(targets.Mapped(map, itemCount), sources.Mapped(map, itemCount), decay);

    internal override void Write(ModelWriter writer)
    {
        writer.Decay(decay);
        targets.Write(writer);
        sources.Write(writer);
    }

    private sealed class Answers : FactorScores
    {
        private readonly FactorTable _targets;
        private readonly FactorTable _sources;
        private readonly UserHistory _history;
        private readonly float[] _weights;

        public Answers(FactorTable targets, FactorTable sources, UserHistory history, HistoryDecay decay)
            : base(targets)
        {
            (_targets, _sources, _history, _weights) = (targets, sources, history, new float[history.Count]);
            history.WriteWeights(decay, _weights);
            // Over √n, where n counts faded items as parts.
            var total = _weights.Sum(Math.Abs);
            for (var i = 0; i < _weights.Length && total > 0; i++) _weights[i] /= MathF.Sqrt(Math.Max(1, total));
            User = new float[targets.Width];
            User[^1] = 1;
            for (var i = 0; i < _weights.Length; i++)
            {
                var source = sources.VectorOf(history.Items[i]);
                if (!source.IsEmpty) VectorMath.AddScaled(source, _weights[i], User.AsSpan(0, source.Length));
            }
        }

        protected override float[] User { get; }

        public override void Explain(int item, ICollection<Contribution> contributions)
        {
            var target = _targets.VectorOf(item);
            if (target.IsEmpty) return;
            contributions.Add(new Contribution(ContributionKind.Popularity, -1, null, target[^1]));
            for (var i = 0; i < _weights.Length; i++)
            {
                var source = _sources.VectorOf(_history.Items[i]);
                if (!source.IsEmpty && _weights[i] != 0) contributions.Add(new Contribution(ContributionKind.History, _history.Items[i], null, _weights[i] * VectorMath.Dot(source, target[..^1])));
            }
        }
    }
}
