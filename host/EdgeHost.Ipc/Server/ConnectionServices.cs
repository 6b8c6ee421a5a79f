using EdgeHost.Ipc.Regions;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Ipc.Server;

/// <summary>What all connections of a server share.</summary>
internal sealed record ConnectionServices(
    IpcOptions Options,
    ICapabilityDispatcher Dispatcher,
    ICapabilityCatalog Catalog,
    TimeProvider Time,
    ILogger Logger,
    IpcMetrics Metrics,
    string HostVersion)
{
    /// <summary>The regions of all connections.</summary>
    public RegionBudget Regions { get; } = new(Options.MaxRegionBytes, Metrics);

    private const long RetainedBytes = 32 * 1024 * 1024;

    /// <summary>The limits of a connection.</summary>
    public FrameConnectionOptions Transport { get; } = new()
    {
        Name = "EdgeHost app",
        MaxFrameBytes = Options.MaxFrameBytes,
        MaxDepth = Options.MaxDepth,
        SendQueueBytes = Options.SendQueueBytes,
        SendTimeout = Options.SendTimeout,
        LargeBuffers = new LargeBufferPool(RetainedBytes),
    };
}
