namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>How pressure goes by day and by night. Immutable.</summary>
/// <param name="Day">Readings from 7 to 23 o'clock; null without any.</param>
/// <param name="Night">Readings from 23 to 7 o'clock; null without any.</param>
/// <param name="Dip">How far systolic pressure falls at night, as a share of the day's; null where either has fewer than the least readings.</param>
/// <param name="Pattern">The name of the dip.</param>
public sealed record BloodPressureDay(BloodPressureAverage? Day, BloodPressureAverage? Night, double? Dip, DippingPattern Pattern);
