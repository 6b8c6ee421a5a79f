namespace EdgeHost.Runtime.Models;

/// <summary>An axis along which an input may be filled up, and what that does to the outputs.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Axis">The axis, without the batch axis being the same.</param>
/// <param name="Value">What it is filled with.</param>
/// <param name="Output">The output whose extent follows the input's, or null where no output does.</param>
/// <param name="OutputAxis">That output's axis: of a padded input of P entries and an own length of N, the first ceil(extent × N / P) entries are kept.</param>
public sealed record PaddedAxis(string Input, int Axis, double Value, string? Output, int OutputAxis);
