namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>The readings of an hour of the day over all days, as percentiles in mg/dL; null without readings.</summary>
public readonly record struct GlucoseHour(int Hour, int Readings, double? P5, double? P25, double? Median, double? P75, double? P95);
