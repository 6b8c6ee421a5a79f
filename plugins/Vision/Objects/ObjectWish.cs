namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>What a call wants of a detector.</summary>
internal sealed record ObjectWish
{
    /// <summary>The wish of a call that says nothing.</summary>
    public static ObjectWish Default { get; } = new();

    /// <summary>Least confidence, 0.01 to 1; null: the model's threshold.</summary>
    public float? MinConfidence { get; init; }

    /// <summary>Most objects; ≥ 1.</summary>
    public int MaxResults { get; init; } = 100;

    /// <summary>The only labels; empty: all.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The model; null: the best one.</summary>
    public string? Model { get; init; }
}
