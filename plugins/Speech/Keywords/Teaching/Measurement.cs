namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>What a keyword was measured to do, on recordings and speech that were not learnt from.</summary>
/// <param name="Threshold">From which score it should count.</param>
/// <param name="FalseAlarmsPerHour">How often it was heard where it was not said.</param>
/// <param name="NegativeHours">On how many hours.</param>
/// <param name="HitShare">Share of recordings that were heard.</param>
internal readonly record struct Measurement(float Threshold, double FalseAlarmsPerHour, double NegativeHours, double HitShare);
