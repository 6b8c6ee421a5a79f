namespace EdgeHost.Security.Audit;

/// <summary>Keeps no record: for a host that was given no folder, and for tests.</summary>
public sealed class NoAuditLog : IAuditLog
{
    /// <summary>The one instance.</summary>
    public static NoAuditLog Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(AuditEntry entry)
    {
        // Nobody asked for it.
    }
}
