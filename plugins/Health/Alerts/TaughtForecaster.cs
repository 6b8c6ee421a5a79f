using EdgeHost.Plugins.Health.Signals.Glucose;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>A person's forecaster and how far it is taught.</summary>
/// <param name="Person">The person's keyed hash.</param>
/// <param name="Forecaster">The forecaster.</param>
/// <param name="Era">The era that it is of: what was forgotten since then must not come back.</param>
/// <param name="Newest">The time of the newest reading that it has seen, in milliseconds since 1970 (UTC).</param>
internal sealed record TaughtForecaster(string Person, GlucoseForecaster Forecaster, int Era, long Newest);
