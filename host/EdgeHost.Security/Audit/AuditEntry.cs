namespace EdgeHost.Security.Audit;

/// <summary>One line of the audit log.</summary>
/// <param name="Event"><c>refused</c> (at hello), <c>denied</c> (a call), <c>rule_added</c>, <c>rule_changed</c>, <c>rule_removed</c>, <c>policy_kept</c>,
/// <c>version_promoted</c>, <c>version_rolled_back</c>, <c>data_accessed</c> (what a plugin puts on record).</param>
/// <param name="App">Whom it is about, or null.</param>
/// <param name="UserId">The user of its process, or -1.</param>
/// <param name="Method">The method, or null.</param>
/// <param name="Reason">More about it, or null.</param>
public sealed record AuditEntry(string Event, string? App, long UserId, string? Method, string? Reason);
