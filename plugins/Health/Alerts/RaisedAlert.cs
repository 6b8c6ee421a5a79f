namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>An alert as it is kept.</summary>
/// <param name="Id">Its number, which grows.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Since">Since when the values are beyond the limit, in milliseconds since 1970 (UTC).</param>
/// <param name="Time">When the sample was measured that raised it.</param>
/// <param name="Value">That sample's value.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record RaisedAlert(long Id, string Rule, long Since, long Time, double Value, string Source);
