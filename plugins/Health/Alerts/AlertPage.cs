namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>A part of a person's alerts.</summary>
/// <param name="Entries">The entries that the app may read, in the order in which they were written.</param>
/// <param name="Last">The number of the last entry that was looked at.</param>
/// <param name="HasMore">Whether there may be more after it.</param>
/// <param name="Due">When something is to be said next, or null if nothing waits.</param>
internal readonly record struct AlertPage(IReadOnlyList<AlertEntry> Entries, long Last, bool HasMore, DateTimeOffset? Due);
