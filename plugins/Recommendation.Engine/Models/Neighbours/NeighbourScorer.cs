using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;

/// <summary>
/// Scores by a sparse matrix of items by items: the score of j is the sum of w(i) B[i, j] over the user's items i with their decayed strengths w. Both the neighbour model and EASE are of this form.
/// </summary>
internal sealed class NeighbourScorer(ScorerKind kind, SparseRows rows, HistoryDecay decay) : ItemScorer(rows.RowCount)
{
    public override ScorerKind Kind => kind;

    public override long Bytes => ((long)rows.EntryCount * 8) + ((long)rows.RowCount * 4);

    public HistoryDecay Decay => decay;

    /// <summary>The matrix; row i has the items that a user of i may like.</summary>
    public SparseRows Matrix => rows;

    public static NeighbourScorer Read(ModelReader reader, ScorerKind kind, int itemCount)
    {
        var decay = reader.Decay();
        return new NeighbourScorer(kind, reader.Rows(itemCount, itemCount), decay);
    }

    /// <summary>The same matrix with another decay.</summary>
    public NeighbourScorer With(HistoryDecay other) => new(kind, rows, other);

    public override HistoryScores For(UserHistory history) => new Answers(this, history);

    internal override ItemScorer Mapped(int[] map, int itemCount) => new NeighbourScorer(kind, rows.Mapped(map, itemCount, map, itemCount), decay);

    internal override void Write(ModelWriter writer)
    {
        writer.Decay(decay);
        writer.Rows(rows);
    }

    private sealed class Answers : DenseScores
    {
        private readonly SparseRows _rows;
        private readonly UserHistory _history;
        private readonly float[] _weights;

        public Answers(NeighbourScorer scorer, UserHistory history)
            : base(scorer.ItemCount)
        {
            (_rows, _history, _weights) = (scorer.Matrix, history, new float[history.Count]);
            history.WriteWeights(scorer.Decay, _weights);
        }

        public override void Explain(int item, ICollection<Contribution> contributions)
        {
            for (var i = 0; i < _weights.Length; i++)
            {
                var value = _weights[i] * _rows.ValueAt(_history.Items[i], item);
                if (value != 0) contributions.Add(new Contribution(ContributionKind.History, _history.Items[i], null, value));
            }
        }

        protected override IReadOnlyList<RowPart> Parts => [.. _weights.Select((weight, i) => new RowPart(_rows, _history.Items[i], weight))];

        protected override void Fill(Span<float> scores)
        {
            scores.Clear();
            for (var i = 0; i < _weights.Length; i++) _rows.AddRow(_history.Items[i], _weights[i], scores);
        }
    }
}
