using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Content;
using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>How alike two items are, 0 to 1, for lists that are to differ: by what they are and by who liked them, whichever says more. Immutable.</summary>
internal sealed class ItemComparer(IReadOnlyList<ItemScorer> members)
{
    private readonly ContentScorer? _content = members.OfType<ContentScorer>().FirstOrDefault();
    private readonly FactorTable? _factors = members.OfType<FactorScorer>().FirstOrDefault()?.Table;

    public double Compare(int a, int b) => a == b ? 1 : Math.Clamp(Math.Max(_content?.Compare(a, b) ?? 0, Factors(a, b)), 0, 1);

    private float Factors(int a, int b)
    {
        if (_factors is null) return 0;
        var one = _factors.VectorOf(a);
        var other = _factors.VectorOf(b);
        return one.IsEmpty || other.IsEmpty ? 0 : VectorMath.Dot(one, other) / MathF.Sqrt(VectorMath.Dot(one, one) * VectorMath.Dot(other, other));
    }
}
