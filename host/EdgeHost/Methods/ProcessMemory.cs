using System.Diagnostics;
using EdgeHost.Capabilities.Host;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Host.Methods;

/// <summary>The process's memory as the system and the collector report it.</summary>
internal static class ProcessMemory
{
    public static MemoryUse Read(ModelPoolSnapshot models)
    {
        using var process = Process.GetCurrentProcess();
        return new MemoryUse
        {
            ResidentBytes = process.WorkingSet64,

            // Just after a collection the runtime counts what threads reserved for themselves as free, and may come out below zero.
            ManagedBytes = Math.Max(0, GC.GetTotalMemory(forceFullCollection: false)),
            PoolBytes = models.UsedBytes,
            PoolBudgetBytes = models.BudgetBytes,
        };
    }
}
