namespace EdgeHost.Plugins.Health.Charts;

/// <summary>A value at a place.</summary>
/// <param name="X">In units of the chart's axis.</param>
/// <param name="Y">In units of the panel's axis; NaN where there is no value.</param>
public readonly record struct ChartPoint(double X, double Y);
