namespace EdgeHost.ModelImport;

/// <summary>An input or output of a graph. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its elements.</param>
/// <param name="Shape">Its shape; -1 for an open dimension.</param>
public sealed record GraphPort(string Name, ElementType Type, TensorShape Shape)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type}{Shape}";
}
