namespace EdgeHost.Plugins.Health.Signals.Baselines;

/// <summary>A day's value of something that is followed over weeks: resting heart rate, variability, weight.</summary>
public readonly record struct DailyValue(DateOnly Day, double Value);
