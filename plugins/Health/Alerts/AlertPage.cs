namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>A part of a person's alerts.</summary>
/// <param name="Entries">The entries, in the order in which they were written.</param>
/// <param name="Due">When something is to be said next, or null if nothing waits.</param>
internal readonly record struct AlertPage(IReadOnlyList<AlertEntry> Entries, DateTimeOffset? Due);
