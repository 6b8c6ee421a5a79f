using System.Collections.Concurrent;
using EdgeHost.Security.Audit;

namespace EdgeHost.Security.Tests;

internal sealed class RecordedAudit : IAuditLog
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = new();

    public void Write(AuditEntry entry) => Entries.Enqueue(entry);
}
