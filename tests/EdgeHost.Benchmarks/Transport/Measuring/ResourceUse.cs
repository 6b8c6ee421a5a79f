namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>What a process has used so far, or used in between.</summary>
/// <param name="AllocatedBytes">Managed bytes allocated.</param>
/// <param name="CpuMicroseconds">Processor time, user and system.</param>
internal readonly record struct ResourceUse(long AllocatedBytes, long CpuMicroseconds)
{
    /// <summary>This process's own use.</summary>
    public static ResourceUse OfThisProcess()
        => new(GC.GetTotalAllocatedBytes(precise: true), (long)Environment.CpuUsage.TotalTime.TotalMicroseconds);

    public static ResourceUse operator +(ResourceUse left, ResourceUse right)
        => new(left.AllocatedBytes + right.AllocatedBytes, left.CpuMicroseconds + right.CpuMicroseconds);

    public static ResourceUse operator -(ResourceUse left, ResourceUse right)
        => new(left.AllocatedBytes - right.AllocatedBytes, left.CpuMicroseconds - right.CpuMicroseconds);
}
