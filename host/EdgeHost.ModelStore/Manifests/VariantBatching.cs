namespace EdgeHost.ModelStore.Manifests;

/// <summary>How steps of a variant may be joined into one run. Immutable.</summary>
public sealed class VariantBatching
{
    /// <summary>The axis of every input and output along which steps are joined, 0 to 15.</summary>
    public int Axis { get; init; }

    /// <summary>Entries along the axis in one run at most, 2 to 256; default 8.</summary>
    public int MaxSize { get; init; } = 8;

    /// <summary>Axes along which a shorter input may be filled up; empty for none.</summary>
    public IReadOnlyList<VariantPadding> PaddedAxes { get; init; } = [];
}
