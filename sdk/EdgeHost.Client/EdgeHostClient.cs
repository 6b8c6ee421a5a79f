using System.Net.Sockets;
using EdgeHost.Client.Calls;
using EdgeHost.Client.Diagnostics;
using EdgeHost.Client.Vision;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Client;

/// <summary>
/// A connection to the host on this device. Thread-safe: any number of calls may be under way at once and are answered in any order. When the
/// connection is lost every call under way fails with <see cref="ErrorCode.Unavailable"/> and the client stays unusable; connect again.
/// </summary>
public sealed partial class EdgeHostClient : IAsyncDisposable
{
    private static readonly TimeSpan SendPatience = TimeSpan.FromMilliseconds(20);
    private static readonly string ClientName = "edgehost-dotnet/" + (typeof(EdgeHostClient).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly FrameConnection _connection;
    private readonly CallTable _calls = new();
    private readonly TimeProvider _time;
    private SemaphoreSlim _slots = new(WireProtocol.DefaultMaxCallsPerConnection);
    private HostInfo? _host;
    private volatile CloseReason? _goingAway;

    private EdgeHostClient(Socket socket, EdgeHostClientOptions options)
    {
        _time = options.TimeProvider;
        _connection = new FrameConnection(socket, new ClientFrameHandler(this), new FrameConnectionOptions
        {
            Name = "EdgeHost client",
            SendQueueBytes = options.SendQueueBytes,
            SendTimeout = options.SendTimeout,
            InlinePatience = SendPatience,
        });
    }

    /// <summary>What is in a picture.</summary>
    public VisionClient Vision => field ??= new VisionClient(this);

    /// <summary>What the host does and why.</summary>
    public DiagnosticsClient Diagnostics => field ??= new DiagnosticsClient(this);

    /// <summary>What the host said of itself.</summary>
    public HostInfo Host => _host!;

    /// <summary>Completes when the connection has ended, for whatever reason. Never fails.</summary>
    public Task Closed => _connection.Completion;

    /// <summary>Why the host takes no new calls on this connection, or null while it does.</summary>
    public string? GoingAwayReason => _goingAway?.Message;

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
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        EdgeHostClient? client = null;
        try
        {
            var socket = await Connector.ConnectAsync(options.Endpoint, options.ConnectTimeout, either.Token).ConfigureAwait(false);
            client = new EdgeHostClient(socket, options);
            var processId = PeerCredentials.Of(socket).ProcessId;
            client._connection.Start();
            var hello = await client.CallAsync<HelloRequest, HelloResponse>(
                HostMethods.Hello,
                new HelloRequest(WireProtocol.Version, options.AppName, options.Token, ClientName),
                options: null,
                either.Token).ConfigureAwait(false);
            client.Adopt(hello, processId);
            return client;
        }
        catch (Exception e)
        {
            if (client is not null) await client.DisposeAsync().ConfigureAwait(false);
            if (e is not OperationCanceledException || cancellationToken.IsCancellationRequested) throw;
            throw new EdgeHostException(
                ErrorCode.Unavailable, $"The host did not answer within {options.ConnectTimeout.TotalSeconds:0.#} s. See `edgehost doctor`.", e);
        }
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
    public async ValueTask DisposeAsync()
    {
        _connection.Close(new CloseReason(ErrorCode.Unavailable, "The client was disposed."), flush: false);
        await _connection.Completion.ConfigureAwait(false);
    }

    private static T Read<T>(ReadOnlyMemory<byte> body)
        where T : IWireMessage<T>
    {
        var reader = new WireReader(body);
        return T.Read(ref reader);
    }

    private void Adopt(HelloResponse hello, long processId)
    {
        _host = new HostInfo(hello.HostVersion, hello.Session, hello.Limits, hello.Grants, hello.Credit, processId);
        _slots = new SemaphoreSlim(Math.Min(hello.Limits.MaxCallsPerConnection, ushort.MaxValue));
    }
}
