using System.Numerics;

namespace EdgeHost.Pictures.Annotations;

/// <summary>Something to draw on a picture. Coordinates are pixels of the upright picture from its top left corner; what is outside is cut off.</summary>
public sealed record Annotation
{
    /// <summary>What is written beside it, or null for nothing. Things with equal names get equal colours, whatever stands behind the name.</summary>
    public string? Name { get; init; }

    /// <summary>Stands behind the name, for example how sure a model is; or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Corners of a closed outline in order; fewer than two are no outline.</summary>
    public IReadOnlyList<Vector2> Outline { get; init; } = [];

    /// <summary>Points, drawn as dots.</summary>
    public IReadOnlyList<Vector2> Points { get; init; } = [];

    /// <summary>Pairs of indices into <see cref="Points"/> that a line joins.</summary>
    public IReadOnlyList<(int From, int To)> Links { get; init; } = [];
}
