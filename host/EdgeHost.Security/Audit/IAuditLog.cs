namespace EdgeHost.Security.Audit;

/// <summary>Takes what must be on record about access. Thread-safe; never blocks and never throws.</summary>
public interface IAuditLog
{
    /// <summary>Puts an entry on record.</summary>
    void Write(AuditEntry entry);
}
