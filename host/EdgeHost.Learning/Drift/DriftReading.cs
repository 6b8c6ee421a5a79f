namespace EdgeHost.Learning.Drift;

/// <summary>How one measure of a model's calls has changed since the version was new.</summary>
/// <param name="Model">The model, as <c>id@version</c>.</param>
/// <param name="Measure"><c>confidence</c>, or a measure of inputs that the capability declares.</param>
/// <param name="Calls">Calls seen.</param>
/// <param name="Index">The population stability index, ≥ 0; null while <see cref="DriftState.Collecting"/>.</param>
/// <param name="State">What that says.</param>
public sealed record DriftReading(string Model, string Measure, long Calls, double? Index, DriftState State);
