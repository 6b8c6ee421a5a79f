namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Two values at a place.</summary>
/// <param name="X">In units of the chart's axis.</param>
/// <param name="Low">The lower one, in units of the panel's axis; NaN where there is none.</param>
/// <param name="High">The upper one.</param>
public readonly record struct ChartSpan(double X, double Low, double High);
