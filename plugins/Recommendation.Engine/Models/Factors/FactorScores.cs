using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>Scores that are products of one vector of the user with vectors of items.</summary>
internal abstract class FactorScores(FactorTable table) : HistoryScores
{
    /// <summary>The user's vector.</summary>
    protected abstract float[] User { get; }

    public override void Score(Span<float> scores) => table.Score(User, scores);

    public override void ScoreSome(ReadOnlySpan<int> items, Span<float> scores) => table.ScoreSome(User, items, scores);

    public override IReadOnlyList<(int Item, float Score)> Top(int count, ItemSet? excluded = null) => table.Top(User, count, excluded);
}
