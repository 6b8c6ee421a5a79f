namespace EdgeHost.ModelStore.Manifests;

/// <summary>An axis along which an input may be filled up to join longer ones, and what that does to an output.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Axis">Its axis, 0 to 15; another than the batch axis.</param>
/// <param name="Value">What it is filled with.</param>
/// <param name="Output">The output whose extent follows the input's, or null where none does.</param>
/// <param name="OutputAxis">That output's axis, 0 to 15; another than the batch axis.</param>
public sealed record VariantPadding(string Input, int Axis, double Value, string? Output, int OutputAxis);
