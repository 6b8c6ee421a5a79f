namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>What is fixed of an operator. Which of the values counts depends on the operator. Immutable.</summary>
internal sealed record TfjsAttribute
{
    public long? Integer { get; init; }

    public double? Number { get; init; }

    public bool? Flag { get; init; }

    public string? Text { get; init; }

    /// <summary>Null where the type is not one of those that are read.</summary>
    public ElementType? Type { get; init; }

    /// <summary>Null where it is not said, or not even the number of dimensions is known.</summary>
    public TensorShape? Shape { get; init; }

    public IReadOnlyList<long> Integers { get; init; } = [];

    public IReadOnlyList<string> Texts { get; init; } = [];
}
