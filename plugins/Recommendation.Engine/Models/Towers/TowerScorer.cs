using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

/// <summary>
/// Two vectors an item, q for the item that is scored, with its bias as last number, and p for items of histories, and the users' tower u: the score of j is b(j) + u(Σ w(i) p(i) / Σ |w(i)|) q(j). A
/// new user needs no training, and an item without events has the vectors of what it is.
/// </summary>
internal sealed class TowerScorer(FactorTable targets, FactorTable sources, UserTower tower, HistoryDecay decay) : ItemScorer(targets.ItemCount)
{
    public override ScorerKind Kind => ScorerKind.Towers;

    public override long Bytes => targets.Bytes + sources.Bytes + tower.Bytes;

    public static TowerScorer Read(ModelReader reader, int itemCount)
    {
        var decay = reader.Decay();
        var (targets, sources) = (FactorTable.Read(reader, itemCount), FactorTable.Read(reader, itemCount));
        if (targets.Width != sources.Width + 1) throw ModelReader.Broken("vectors of two kinds do not fit");
        return new TowerScorer(targets, sources, UserTower.Read(reader, sources.Width), decay);
    }

    public TowerScorer With(HistoryDecay other) => new(targets, sources, tower, other);

    public override HistoryScores For(UserHistory history) => new Answers(this, history);

    internal override ItemScorer Mapped(int[] map, int itemCount) => new TowerScorer(targets.Mapped(map, itemCount), sources.Mapped(map, itemCount), tower, decay);

    internal override void Write(ModelWriter writer)
    {
        writer.Decay(decay);
        targets.Write(writer);
        sources.Write(writer);
        tower.Write(writer);
    }

    private FactorTable Targets => targets;

    private FactorTable Sources => sources;

    private UserTower Tower => tower;

    private HistoryDecay Decay => decay;

    private sealed class Answers : FactorScores
    {
        private readonly TowerScorer _scorer;
        private readonly UserHistory _history;
        private readonly float[] _weights;
        private readonly float[] _units;

        public Answers(TowerScorer scorer, UserHistory history)
            : base(scorer.Targets)
        {
            (_scorer, _history, _weights) = (scorer, history, new float[history.Count]);
            history.WriteWeights(scorer.Decay, _weights);
            var width = scorer.Sources.Width;
            var (total, mean) = (0f, new float[width]);
            for (var i = 0; i < _weights.Length; i++)
            {
                var source = scorer.Sources.VectorOf(history.Items[i]);
                if (source.IsEmpty) _weights[i] = 0;
                else VectorMath.AddScaled(source, _weights[i], mean);
                total += Math.Abs(_weights[i]);
            }

            for (var i = 0; i < _weights.Length && total > 0; i++) _weights[i] /= total;
            for (var i = 0; i < width && total > 0; i++) mean[i] /= total;
            User = new float[width + 1];
            User[^1] = 1;
            _units = scorer.Tower.Apply(mean, User.AsSpan(0, width));
        }

        protected override float[] User { get; }

        public override void Explain(int item, ICollection<Contribution> contributions)
        {
            var target = _scorer.Targets.VectorOf(item);
            if (target.IsEmpty) return;
            contributions.Add(new Contribution(ContributionKind.Popularity, -1, null, target[^1]));
            var slope = _scorer.Tower.SlopeOf(target[..^1], _units);
            for (var i = 0; i < _weights.Length; i++)
            {
                if (_weights[i] != 0) contributions.Add(new Contribution(ContributionKind.History, _history.Items[i], null, _weights[i] * VectorMath.Dot(_scorer.Sources.VectorOf(_history.Items[i]), slope)));
            }
        }
    }
}
