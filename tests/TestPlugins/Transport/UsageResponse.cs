using EdgeHost.Serialization;

namespace TestPlugins.Transport;

/// <summary>What the process has used so far.</summary>
[WireMessage]
public sealed partial class UsageResponse
{
    /// <summary>Managed bytes ever allocated.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Processor time, microseconds.</summary>
    public required long CpuMicroseconds { get; init; }
}
