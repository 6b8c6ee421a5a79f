namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>An average of readings as guidelines define one. Immutable.</summary>
/// <param name="Systolic">In mmHg.</param>
/// <param name="Diastolic">In mmHg.</param>
/// <param name="Readings">Readings that it is of.</param>
/// <param name="Occasions">Occasions that they were taken on: readings not more than 30 minutes apart are one.</param>
/// <param name="IsValid">At least two readings on at least two occasions, days apart or not (ACC/AHA 2017).</param>
/// <param name="SystolicDeviation">Sample standard deviation of the systolic values, in mmHg; null for one.</param>
/// <param name="RealVariability">Average real variability: the mean absolute difference of successive occasions, in mmHg (Mena et al. 2005, J Hypertens 23:505); null for one.</param>
public sealed record BloodPressureAverage(double Systolic, double Diastolic, int Readings, int Occasions, bool IsValid, double? SystolicDeviation, double? RealVariability);
