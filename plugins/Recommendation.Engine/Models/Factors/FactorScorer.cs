using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>
/// Factors of items; a user's vector is solved from the history at each question, so it needs no rebuild: with the items' vectors v, their strengths w and the matrix
/// A = a VᵀV + λ(n) I + Σ w v vᵀ it is A⁻¹ Σ w v, and the part of item i in the score of j is w(i) v(j)ᵀ A⁻¹ v(i) (Hu, Koren, Volinsky, ICDM 2008, section 5).
/// </summary>
internal sealed class FactorScorer(FactorTable table, float[] gram, double unobserved, double penalty, HistoryDecay decay) : ItemScorer(table.ItemCount)
{
    public override ScorerKind Kind => ScorerKind.Factors;

    public override long Bytes => table.Bytes + (gram.Length * 4);

    public FactorTable Table => table;

    private HistoryDecay Decay => decay;

    public static FactorScorer Read(ModelReader reader, int itemCount)
    {
        var (unobserved, penalty) = (reader.Double(), reader.Double());
        var decay = reader.Decay();
        var table = FactorTable.Read(reader, itemCount);
        return new FactorScorer(table, reader.Floats(table.Width * table.Width), unobserved, penalty, decay);
    }

    public FactorScorer With(HistoryDecay other) => new(table, gram, unobserved, penalty, other);

    public override HistoryScores For(UserHistory history) => new Answers(this, history);

    internal override ItemScorer Mapped(int[] map, int itemCount) => new FactorScorer(table.Mapped(map, itemCount), gram, unobserved, penalty, decay);

    internal override void Write(ModelWriter writer)
    {
        writer.Double(unobserved);
        writer.Double(penalty);
        writer.Decay(decay);
        table.Write(writer);
        writer.Floats(gram);
    }

    // The factor of the user's matrix; null where nothing positive is known of the user.
    private float[]? Factored(UserHistory history, float[] weights)
    {
        var equations = new NormalEquations(table.Width);
        equations.Start(gram, unobserved);
        for (var i = 0; i < weights.Length; i++)
        {
            var vector = table.VectorOf(history.Items[i]);
            if (weights[i] > 0 && !vector.IsEmpty) equations.Add(vector, weights[i]);
        }

        return equations.Count > 0 && equations.Factor(penalty * (equations.Count + (unobserved * table.RowCount))) ? equations.Matrix : null;
    }

    private sealed class Answers : FactorScores
    {
        private readonly FactorTable _table;
        private readonly UserHistory _history;
        private readonly float[] _weights;
        private readonly float[]? _factor;

        public Answers(FactorScorer scorer, UserHistory history)
            : base(scorer.Table)
        {
            (_table, _history, _weights) = (scorer.Table, history, new float[history.Count]);
            history.WriteWeights(scorer.Decay, _weights);
            _factor = scorer.Factored(history, _weights);
            User = new float[_table.Width];
            if (_factor is null) return;
            for (var i = 0; i < _weights.Length; i++)
            {
                var vector = _table.VectorOf(history.Items[i]);
                if (_weights[i] > 0 && !vector.IsEmpty) VectorMath.AddScaled(vector, _weights[i], User);
            }

            PositiveDefinite.Solve(_factor, _table.Width, User);
        }

        protected override float[] User { get; }

        public override void Explain(int item, ICollection<Contribution> contributions)
        {
            var vector = _table.VectorOf(item);
            if (vector.IsEmpty || _factor is null) return;
            var solved = vector.ToArray();
            PositiveDefinite.Solve(_factor, _table.Width, solved);
            for (var i = 0; i < _weights.Length; i++)
            {
                var own = _table.VectorOf(_history.Items[i]);
                if (_weights[i] > 0 && !own.IsEmpty) contributions.Add(new Contribution(ContributionKind.History, _history.Items[i], null, _weights[i] * VectorMath.Dot(own, solved)));
            }
        }
    }
}
