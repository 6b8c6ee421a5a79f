using EdgeHost.Client.Diagnostics;
using EdgeHost.Client.Sessions;
using EdgeHost.Client.Vision;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Client;

/// <summary>
/// A connection to the host on this device. Thread-safe: any number of calls may be under way at once and are answered in any order. When the
/// connection is lost every call under way fails with <see cref="ErrorCode.Unavailable"/> and the client stays unusable; connect again.
/// </summary>
public sealed partial class EdgeHostClient : IAsyncDisposable
{
    private readonly ClientSession _session;
    private readonly TimeProvider _time;

    private EdgeHostClient(ClientSession session, EdgeHostClientOptions options)
    {
        _session = session;
        _time = options.TimeProvider;
    }

    /// <summary>What is in a picture.</summary>
    public VisionClient Vision => field ??= new VisionClient(this);

    /// <summary>What the host does and why.</summary>
    public DiagnosticsClient Diagnostics => field ??= new DiagnosticsClient(this);

    /// <summary>What the host said of itself.</summary>
    public HostInfo Host => _session.Host!;

    /// <summary>Completes when the connection has ended, for whatever reason. Never fails.</summary>
    public Task Closed => _session.Completion;

    /// <summary>Why the host takes no new calls on this connection, or null while it does.</summary>
    public string? GoingAwayReason => _session.GoingAway?.Message;

    /// <summary>Connects to the host on this device and says hello.</summary>
    /// <param name="options">Where and as whom; null for the defaults.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    /// <returns>The client; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: no host runs (the message says how to start one) or it does not
    /// answer in time; <see cref="ErrorCode.PermissionDenied"/>: the socket belongs to somebody else; or what the host says to hello.</exception>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public static async ValueTask<EdgeHostClient> ConnectAsync(EdgeHostClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EdgeHostClientOptions();
        options.Validate();
        return new EdgeHostClient(await ClientSession.ConnectAsync(options, cancellationToken).ConfigureAwait(false), options);
    }

    /// <summary>Measures the transport: the host answers on the thread that reads.</summary>
    /// <param name="payload">Bytes to send along; must stay unchanged until the task completes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The time from sending to the answer.</returns>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public async ValueTask<TimeSpan> PingAsync(ReadOnlyMemory<byte> payload = default, CancellationToken cancellationToken = default)
    {
        var start = _time.GetTimestamp();
        var response = await CallAsync<PingRequest, PingResponse>(HostMethods.Ping, new PingRequest(payload), options: null, cancellationToken).ConfigureAwait(false);
        return response.Bytes == payload.Length
            ? _time.GetElapsedTime(start)
            : throw new EdgeHostException(ErrorCode.DataLoss, $"The host received {response.Bytes} bytes of {payload.Length}.");
    }

    /// <summary>Lists the methods of the host.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public async ValueTask<IReadOnlyList<CapabilityEntry>> GetCapabilitiesAsync(CancellationToken cancellationToken = default)
    {
        using var body = await CallAsync(HostMethods.Capabilities, default, options: null, cancellationToken).ConfigureAwait(false);
        return Read<CapabilitiesResponse>(body.Memory).Capabilities;
    }

    /// <summary>Ends the connection. Calls under way fail with <see cref="ErrorCode.Unavailable"/>; the host cancels them.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    internal static T Read<T>(ReadOnlyMemory<byte> body)
        where T : IWireMessage<T>
    {
        var reader = new WireReader(body);
        return T.Read(ref reader);
    }
}
