using System.Numerics.Tensors;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models.Content;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

/// <summary>
/// What items are, as few numbers: the content model's vectors under a random projection, which keeps their products but for noise (Johnson and Lindenstrauss, 1984). A feature's directions follow from
/// its name, so that they do not depend on what else is in the catalogue. Not thread-safe.
/// </summary>
internal sealed class TowerFeatures
{
    private readonly ContentScorer _content;
    private readonly int _width;
    private readonly ulong _seed;
    private readonly float[]?[] _directions;
    private readonly float[] _turn;
    private readonly float[] _own;
    private readonly bool _hasFeatures;

    public TowerFeatures(Catalogue catalogue, TowerOptions options, CancellationToken cancellationToken)
    {
        _content = ContentBuilder.Build(catalogue, new ContentOptions(), cancellationToken);
        (_width, _seed) = (options.Features, options.Seed);
        _hasFeatures = _content.Rows.EntryCount > 0;
        _directions = new float[]?[_content.Features.Length];
        _own = new float[_content.Embeddings.Width];
        _turn = _content.Embeddings.RowCount > 0 ? Normal(new SeededNumbers(_seed), _content.Embeddings.Width * _width, _width) : [];
    }

    /// <summary>Numbers of an item; 0 where nothing is known of any.</summary>
    public int Width => (_hasFeatures ? _width : 0) + (_turn.Length > 0 ? _width : 0);

    /// <summary>Writes what an item is.</summary>
    /// <param name="item">Its number.</param>
    /// <param name="values">Receives it; as many as <see cref="Width"/>, zeros where nothing is known.</param>
    /// <returns>Whether something is known of it.</returns>
    public bool Write(int item, Span<float> values)
    {
        values.Clear();
        if (_hasFeatures)
        {
            var columns = _content.Rows.ColumnsOf(item);
            var weights = _content.Rows.ValuesOf(item);
            for (var i = 0; i < columns.Length; i++) VectorMath.AddScaled(DirectionOf(columns[i]), weights[i], values[.._width]);
        }

        if (_turn.Length > 0)
        {
            _own.AsSpan().Clear();
            _content.Embeddings.AddTo(item, 1, _own);
            for (var i = 0; i < _own.Length && _content.Embeddings.Has(item); i++) VectorMath.AddScaled(_turn.AsSpan(i * _width, _width), _own[i], values[^_width..]);
        }

        return values.ContainsAnyExcept(0f);
    }

    private static float[] Normal(SeededNumbers random, int count, int width)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = (float)random.NextNormal();
        TensorPrimitives.Divide(values, MathF.Sqrt(width), values);
        return values;
    }

    private float[] DirectionOf(int feature)
        => _directions[feature] ??= Normal(new SeededNumbers(SeededNumbers.SeedOf(_seed, _content.Features[feature])), _width, _width);
}
