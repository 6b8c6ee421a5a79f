using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <summary>The limits of one connection.</summary>
internal sealed record FrameConnectionOptions
{
    /// <summary>Most bytes of a received frame.</summary>
    public int MaxFrameBytes { get; init; } = WireProtocol.DefaultMaxFrameBytes;

    /// <summary>Deepest nesting of a received frame.</summary>
    public int MaxDepth { get; init; } = WireProtocol.DefaultMaxDepth;

    /// <summary>Bytes that may wait to be sent before senders wait; a single larger frame may wait alone.</summary>
    public int SendQueueBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The connection closes when the peer takes nothing for this long.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a thread that sends in passing waits for a full socket before it leaves the rest to the connection's own sending thread.</summary>
    public TimeSpan InlinePatience { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// When nothing came for so long, a thread of a <see cref="ReaderCrew"/> leaves the connection parked until something does; zero (default) for never. Only for
    /// connections that a crew alone reads; without effect on platforms that cannot watch many sockets at once.
    /// </summary>
    public TimeSpan ParkAfter { get; init; }

    /// <summary>Where buffers of large received frames come from; null for new ones that nobody takes back.</summary>
    public LargeBufferPool? LargeBuffers { get; init; }

    /// <summary>The name of the connection's threads.</summary>
    public string Name { get; init; } = "EdgeHost connection";
}
