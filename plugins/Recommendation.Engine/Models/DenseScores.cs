using System.Buffers;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>Scores of a model that scores all items about as fast as some: made once, when they are first asked for. Where they are a few rows of a large catalogue, the rest of it is not looked at.</summary>
internal abstract class DenseScores(int itemCount) : HistoryScores
{
    // Touching an item in no order costs about as much as walking over this many.
    private const int SparseShare = 16;

    private float[]? _rented;
    private SparseSums? _sums;

    /// <summary>The scores of all items; valid until this is disposed of.</summary>
    public ReadOnlySpan<float> All
    {
        get
        {
            if (_rented is null && _sums is null) Make();
            return _sums is null ? _rented.AsSpan(0, itemCount) : _sums.All;
        }
    }

    /// <summary>The rows that <see cref="Fill"/> adds up, in its order; null where it does more than that.</summary>
    protected virtual IReadOnlyList<RowPart>? Parts => null;

    public override void Score(Span<float> scores) => All.CopyTo(scores);

    public override void ScoreSome(ReadOnlySpan<int> items, Span<float> scores)
    {
        var all = All;
        for (var i = 0; i < items.Length; i++) scores[i] = all[items[i]];
    }

    public override IReadOnlyList<(int Item, float Score)> Top(int count, ItemSet? excluded = null)
    {
        var all = All;
        if (_sums is not null) return _sums.Top(count, excluded);
        var top = new TopItems(Math.Min(count, itemCount));
        top.OfferAll(all, excluded);
        return top.ToSorted();
    }

    protected abstract void Fill(Span<float> scores);

    protected override void Dispose(bool disposing)
    {
        if (_rented is { } rented) ArrayPool<float>.Shared.Return(rented);
        _sums?.Return();
        (_rented, _sums) = (null, null);
        base.Dispose(disposing);
    }

    private void Make()
    {
        if (Parts is { } parts && parts.Sum(static part => (long)part.Rows.ColumnsOf(part.Row).Length) * SparseShare < itemCount)
        {
            _sums = SparseSums.Rent(itemCount);
            foreach (var part in parts) _sums.Add(part);
            return;
        }

        _rented = ArrayPool<float>.Shared.Rent(itemCount);
        Fill(_rented.AsSpan(0, itemCount));
    }
}
