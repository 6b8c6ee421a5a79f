namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>What a value is by a scheme. It is no diagnosis: that takes the average of several readings on several occasions.</summary>
/// <param name="Scheme">Whose categories.</param>
/// <param name="Category">The category; where systolic and diastolic disagree, the higher.</param>
/// <param name="IsolatedSystolic">Systolic from 140 with diastolic below 90 (ESC/ESH 2018).</param>
/// <param name="IsLow">Below 90 or below 60: low, which matters with symptoms.</param>
/// <param name="NeedsRepeat">Above 180 or above 120: measure again after five minutes; if it stays, it is urgent, with symptoms an emergency (ACC/AHA 2017).</param>
public readonly record struct BloodPressureClass(BloodPressureScheme Scheme, BloodPressureCategory Category, bool IsolatedSystolic, bool IsLow, bool NeedsRepeat);
