namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>A plausible reading.</summary>
/// <param name="Systolic">In mmHg.</param>
/// <param name="Diastolic">In mmHg.</param>
/// <param name="Time">When, in milliseconds since 1970 (UTC), or null.</param>
internal readonly record struct Pressure(double Systolic, double Diastolic, long? Time);
