using System.Buffers;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>Scores of a model that scores all items about as fast as some: made once, when they are first asked for.</summary>
internal abstract class DenseScores(int itemCount) : HistoryScores
{
    private float[]? _rented;

    /// <summary>The scores of all items; valid until this is disposed of.</summary>
    public ReadOnlySpan<float> All
    {
        get
        {
            if (_rented is null)
            {
                _rented = ArrayPool<float>.Shared.Rent(itemCount);
                Fill(_rented.AsSpan(0, itemCount));
            }

            return _rented.AsSpan(0, itemCount);
        }
    }

    public override void Score(Span<float> scores) => All.CopyTo(scores);

    public override void ScoreSome(ReadOnlySpan<int> items, Span<float> scores)
    {
        var all = All;
        for (var i = 0; i < items.Length; i++) scores[i] = all[items[i]];
    }

    public override IReadOnlyList<(int Item, float Score)> Top(int count, ItemSet? excluded = null)
    {
        var top = new TopItems(Math.Min(count, itemCount));
        top.OfferAll(All, excluded);
        return top.ToSorted();
    }

    protected abstract void Fill(Span<float> scores);

    protected override void Dispose(bool disposing)
    {
        if (_rented is { } rented) ArrayPool<float>.Shared.Return(rented);
        _rented = null;
        base.Dispose(disposing);
    }
}
