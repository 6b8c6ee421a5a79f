namespace EdgeHost.Optimisation.Measuring;

/// <summary>What was measured of a model. Immutable.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="MedianMilliseconds">Median time of a run on one thread, taking turns with the other model.</param>
/// <param name="Score">From 0 to 1; what it says is in <see cref="ModelComparison.Kind"/>.</param>
public readonly record struct ModelMeasure(long Bytes, double MedianMilliseconds, double Score);
