using System.ComponentModel.DataAnnotations;
using EdgeHost.Protocol;

namespace EdgeHost.Ipc;

/// <summary>The limits and place of the host's socket. Changed limits hold for connections that come afterwards.</summary>
public sealed class IpcOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Ipc";

    /// <summary>The path of the Unix socket; by default <see cref="EdgeHostPaths.Endpoint"/>.</summary>
    public string Endpoint { get; set; } = EdgeHostPaths.Endpoint;

    /// <summary>Who may connect: the socket's mode. By default its owner alone (0600).</summary>
    public UnixFileMode SocketMode { get; set; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Largest frame, in bytes; 1 KiB to 1 GiB, by default 64 MiB. Announced in hello.</summary>
    [Range(1024, 1 << 30)]
    public int MaxFrameBytes { get; set; } = WireProtocol.DefaultMaxFrameBytes;

    /// <summary>Deepest nesting of maps and arrays in a frame, the frame's own array included; 4 to 64, by default 64. Announced in hello.</summary>
    [Range(4, 64)]
    public int MaxDepth { get; set; } = WireProtocol.DefaultMaxDepth;

    /// <summary>Calls in flight on one connection; 1 to 65,535, by default 256. One more is refused with <c>resource_exhausted</c>. Announced in hello.</summary>
    [Range(1, 65_535)]
    public int MaxCallsPerConnection { get; set; } = WireProtocol.DefaultMaxCallsPerConnection;

    /// <summary>Connections open at once; 1 to 10,000, by default 256. One more is told so and closed. Each costs about 50 KiB, and a thread unless it is parked (<see cref="ParkAfter"/>). Announced in hello.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = WireProtocol.DefaultMaxConnections;

    /// <summary>Items of a stream that may be under way before the client gives credit; 1 to 1,024, by default 16. Announced in hello.</summary>
    [Range(1, 1024)]
    public int StreamCredit { get; set; } = WireProtocol.DefaultStreamCredit;

    /// <summary>Bytes of pushed items that may wait for a call's handler before a further item ends the call with <c>resource_exhausted</c>; 64 KiB to 1 GiB, by default 8 MiB. The item that reaches the limit may be as large as a frame. Announced in hello.</summary>
    [Range(64 << 10, 1 << 30)]
    public int PushQueueBytes { get; set; } = WireProtocol.DefaultMaxPushBytes;

    /// <summary>Calls with idempotency keys that are remembered for an app; 1 to 100,000, by default 1024. The oldest that has ended makes room.</summary>
    [Range(1, 100_000)]
    public int MaxIdempotencyKeys { get; set; } = 1024;

    /// <summary>Bytes of answers that are kept for calls with idempotency keys; 64 KiB to 1 GiB, by default 16 MiB.</summary>
    [Range(64L << 10, 1L << 30)]
    public long IdempotencyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long the answer to a call with an idempotency key is kept; 1 second to 24 hours, by default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdempotencyTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a call with an idempotency key goes on after its connection was lost, for the client to come back; 0 to 10 minutes, by default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ResumeGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Bytes of shared-memory regions that one connection may have, in whole pages; 0 for none, or up to 1 GiB, by default 256 MiB. One region too many is
    /// refused with <c>resource_exhausted</c>; apps then send binaries over the socket. Announced in hello; Linux only.
    /// </summary>
    [Range(0, 1 << 30)]
    public int MaxConnectionRegionBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Shared-memory regions that one connection may have; 0 for none, or up to 64, by default 8. Each holds a file open. Announced in hello; Linux only.</summary>
    [Range(0, 64)]
    public int MaxRegionsPerConnection { get; set; } = 8;

    /// <summary>Bytes of the shared-memory regions of all connections; 0 to 1 TiB, by default 1 GiB. Memory is taken as apps write to it. One region too many is refused with <c>resource_exhausted</c>.</summary>
    [Range(0L, 1L << 40)]
    public long MaxRegionBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>A connection that has not said hello by then is closed; more than zero, by default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "24.00:00:00")]
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection without a frame and without a call for this long is closed; at least one second, or zero for never (default). Announced in hello.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "24.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// A connection from which nothing came for this long gives its thread back until something does, which then costs the wake-up of two threads, some 0.1 ms;
    /// 1 millisecond to 1 hour, by default 250 milliseconds, or zero for never. Linux only: elsewhere each connection keeps its thread.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ParkAfter { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes that may wait for a client to read them before the calls that cause them wait; 64 KiB to 1 GiB, by default 8 MiB. At twice as much the connection is closed.</summary>
    [Range(64 << 10, 1 << 30)]
    public int SendQueueBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>A client that reads nothing for this long while something waits for it is cut off; more than zero, by default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "24.00:00:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The deadline of calls that name none; more than zero, or null for none (default).</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "24.00:00:00")]
    public TimeSpan? DefaultDeadline { get; set; }

    /// <summary>Longer deadlines are shortened to this; more than zero, by default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "24.00:00:00")]
    public TimeSpan MaxDeadline { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long calls in flight may go on after the host was told to stop, before they are cancelled; not negative, by default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "24.00:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
