namespace EdgeHost.Plugins.Health.Charts.Axes;

/// <summary>A place of an axis with what is written there.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">What is written; empty for a line alone.</param>
public readonly record struct ChartTick(double Value, string Label);
