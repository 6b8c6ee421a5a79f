namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>How alike a candidate is to the nearest shape of beats.</summary>
/// <param name="Correlation">−1 to 1.</param>
/// <param name="Projection">Its height along that shape: 1 for a beat as tall as that shape.</param>
/// <param name="IsKnown">Whether there is a shape to compare with yet.</param>
internal readonly record struct QrsMatch(double Correlation, double Projection, bool IsKnown);
