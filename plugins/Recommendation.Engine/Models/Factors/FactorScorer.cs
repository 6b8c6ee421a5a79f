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

    public static FactorScorer Read(ModelReader reader, int itemCount)
    {
        var (unobserved, penalty) = (reader.Double(), reader.Double());
        var decay = reader.Decay();
        var table = FactorTable.Read(reader, itemCount);
        return new FactorScorer(table, reader.Floats(table.Width * table.Width), unobserved, penalty, decay);
    }

    public FactorScorer With(HistoryDecay other) => new(table, gram, unobserved, penalty, other);

    public override void Score(UserHistory history, Span<float> scores)
    {
        if (UserVector(history) is { } user) table.Score(user, scores);
        else scores.Clear();
    }

    public override void ScoreSome(UserHistory history, ReadOnlySpan<int> items, Span<float> scores)
    {
        if (UserVector(history) is { } user) table.ScoreSome(user, items, scores);
        else scores[..items.Length].Clear();
    }

    public override IReadOnlyList<(int Item, float Score)> Top(UserHistory history, int count, ItemSet? excluded = null)
        => table.Top(UserVector(history) ?? new float[table.Width], count, excluded);

    public override void Explain(UserHistory history, int item, ICollection<Contribution> contributions)
    {
        var vector = table.VectorOf(item);
        if (vector.IsEmpty || Factored(history, out var weights) is not { } factor) return;
        var solved = vector.ToArray();
        PositiveDefinite.Solve(factor, table.Width, solved);
        for (var i = 0; i < weights.Length; i++)
        {
            var own = table.VectorOf(history.Items[i]);
            if (weights[i] > 0 && !own.IsEmpty) contributions.Add(new Contribution(ContributionKind.History, history.Items[i], null, weights[i] * VectorMath.Dot(own, solved)));
        }
    }

    internal override ItemScorer Mapped(int[] map, int itemCount) => new FactorScorer(table.Mapped(map, itemCount), gram, unobserved, penalty, decay);

    internal override void Write(ModelWriter writer)
    {
        writer.Double(unobserved);
        writer.Double(penalty);
        writer.Decay(decay);
        table.Write(writer);
        writer.Floats(gram);
    }

    private float[]? UserVector(UserHistory history)
    {
        if (Factored(history, out var weights) is not { } factor) return null;
        var user = new float[table.Width];
        for (var i = 0; i < weights.Length; i++)
        {
            var vector = table.VectorOf(history.Items[i]);
            if (weights[i] > 0 && !vector.IsEmpty) VectorMath.AddScaled(vector, weights[i], user);
        }

        PositiveDefinite.Solve(factor, table.Width, user);
        return user;
    }

    // Null where nothing positive is known of the user.
    private float[]? Factored(UserHistory history, out float[] weights)
    {
        weights = new float[history.Count];
        history.WriteWeights(decay, weights);
        var equations = new NormalEquations(table.Width);
        equations.Start(gram, unobserved);
        for (var i = 0; i < weights.Length; i++)
        {
            var vector = table.VectorOf(history.Items[i]);
            if (weights[i] > 0 && !vector.IsEmpty) equations.Add(vector, weights[i]);
        }

        return equations.Count > 0 && equations.Factor(penalty * (equations.Count + (unobserved * table.RowCount))) ? equations.Matrix : null;
    }
}
