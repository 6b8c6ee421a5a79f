using EdgeHost.Ipc.Calls;
using EdgeHost.Ipc.Idempotency;
using EdgeHost.Ipc.Regions;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Ipc.Server;

/// <summary>What all connections of a server share.</summary>
internal sealed record ConnectionServices(
    IpcOptions Options,
    ICapabilityDispatcher Dispatcher,
    ICapabilityCatalog Catalog,
    AccessControl Access,
    TimeProvider Time,
    ILogger Logger,
    IpcMetrics Metrics,
    string HostVersion)
{
    /// <summary>The regions of all connections.</summary>
    public RegionBudget Regions { get; } = new(Options.MaxRegionBytes, Metrics);

    private const long RetainedBytes = 32 * 1024 * 1024;

    /// <summary>The threads that read.</summary>
    public ReaderCrew Readers { get; } = new("EdgeHost app", Math.Max(4, 2 * Environment.ProcessorCount));

    /// <summary>The calls with idempotency keys.</summary>
    public IdempotencyStore Keyed { get; } = new(Options, Time);

    /// <summary>This run of the host: a client that comes back to another one knows that it forgot its calls.</summary>
    public string Instance { get; } = Guid.NewGuid().ToString("N");

    /// <summary>How long methods take.</summary>
    public MethodCosts Costs { get; } = new();

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
