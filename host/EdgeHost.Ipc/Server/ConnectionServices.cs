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
    public FrameConnectionOptions Transport { get; private init; } = TransportOf(Options, new LargeBufferPool(RetainedBytes));

    /// <summary>The same with other limits, for connections that come from now on.</summary>
    public ConnectionServices With(IpcOptions options) => this with { Options = options, Transport = TransportOf(options, Transport.LargeBuffers!) };

    private static FrameConnectionOptions TransportOf(IpcOptions options, LargeBufferPool buffers) => new()
    {
        Name = "EdgeHost app",
        MaxFrameBytes = options.MaxFrameBytes,
        MaxDepth = options.MaxDepth,
        SendQueueBytes = options.SendQueueBytes,
        SendTimeout = options.SendTimeout,
        ParkAfter = options.ParkAfter,
        LargeBuffers = buffers,
    };
}
