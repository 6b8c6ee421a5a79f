using EdgeHost.Ipc.Calls;
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
    private const long RetainedBytes = 32 * 1024 * 1024;

    /// <summary>The threads that read.</summary>
    public ReaderCrew Readers { get; } = new("EdgeHost app", Math.Max(4, 2 * Environment.ProcessorCount));

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
