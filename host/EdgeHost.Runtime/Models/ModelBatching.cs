namespace EdgeHost.Runtime.Models;

/// <summary>How steps of a model may be joined into one run, as its manifest allows. Immutable.</summary>
public sealed class ModelBatching
{
    /// <summary>The axis of every input and output along which steps are joined; 0 in practice.</summary>
    public int Axis { get; init; }

    /// <summary>Entries along the axis in one run at most. 2 to 256, default 8.</summary>
    public int MaxSize { get; init; } = 8;

    /// <summary>Axes along which a shorter input may be filled up so that it joins longer ones; empty for none.</summary>
    public IReadOnlyList<PaddedAxis> PaddedAxes { get; init; } = [];
}
