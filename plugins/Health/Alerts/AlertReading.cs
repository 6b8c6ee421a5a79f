namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>A value that an alert rests on.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its unit, as UCUM.</param>
/// <param name="Time">When it was measured, or what time it is forecast for, in milliseconds since 1970 (UTC).</param>
/// <param name="Source">What measured it; empty where nobody said.</param>
internal sealed record AlertReading(string Type, double Value, string Unit, long Time, string Source);
