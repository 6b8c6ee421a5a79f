namespace EdgeHost.Training.Networks;

/// <summary>A parameter that a network has. Immutable.</summary>
/// <param name="Name">The layer's path and the parameter's own name, for example <c>encoder/query/weight</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Initialisation">What its first values are drawn from.</param>
/// <param name="Decays">Whether L2 and weight decay act on it; by custom not on biases and gains.</param>
public sealed record ParameterInfo(string Name, TensorShape Shape, Initialisation Initialisation, bool Decays);
