namespace EdgeHost.PluginSdk;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="ElementType">Its element type.</param>
/// <param name="Shape">Its shape; -1 where any size is taken.</param>
public sealed record TensorDescription(string Name, ElementType ElementType, TensorShape Shape);
