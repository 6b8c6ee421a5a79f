namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>What a live signal begins with.</summary>
/// <param name="Settings">What the person has chosen.</param>
/// <param name="States">How far the rules are, in their order.</param>
internal sealed record LiveStart(AlertSettings Settings, IReadOnlyList<AlertState> States);
