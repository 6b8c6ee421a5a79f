namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>The average of home readings without their first day. Immutable.</summary>
/// <param name="Average">Of the days that are left; valid as <see cref="BloodPressureAnalyzer.HomeAverage"/> says.</param>
/// <param name="Days">Days with readings, the first included.</param>
public sealed record BloodPressureHomeAverage(BloodPressureAverage Average, int Days);
