namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>What a transaction has done to alerts, for when it is on the disk.</summary>
/// <param name="Written">Entries that were written.</param>
/// <param name="Taught">The forecaster that has seen the new readings, or null.</param>
internal readonly record struct AlertOutcome(int Written, TaughtForecaster? Taught);
