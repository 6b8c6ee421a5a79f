using System.Net.Sockets;
using EdgeHost.Client.Calls;
using EdgeHost.Client.Regions;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Sessions;

/// <summary>
/// One connection from hello to its end: its calls in flight and what the host said of itself. It does not come back once lost. Thread-safe.
/// </summary>
internal sealed partial class ClientSession : IAsyncDisposable
{
    private static readonly TimeSpan SendPatience = TimeSpan.FromMilliseconds(20);
    private static readonly string ClientName = "edgehost-dotnet/" + (typeof(ClientSession).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly FrameConnection _connection;
    private readonly SharedReading _reading;
    private readonly CallTable _calls = new();
    private SemaphoreSlim _slots = new(WireProtocol.DefaultMaxCallsPerConnection);
    private volatile CloseReason? _goingAway;
    private KeepAlive? _keepAlive;

    private ClientSession(Socket socket, EdgeHostClientOptions options)
    {
        _connection = new FrameConnection(socket, new SessionFrameHandler(this), new FrameConnectionOptions
        {
            Name = "EdgeHost client",
            SendQueueBytes = options.SendQueueBytes,
            SendTimeout = options.SendTimeout,
            InlinePatience = SendPatience,
        });
        _reading = new SharedReading(_connection);
    }

    /// <summary>What the host said of itself; null before it answered hello.</summary>
    public HostInfo? Host { get; private set; }

    /// <summary>Completes when the connection has ended, for whatever reason. Never fails.</summary>
    public Task Completion => _connection.Completion;

    /// <summary>Why the host takes no new calls on this connection, or null while it does.</summary>
    public CloseReason? GoingAway => _goingAway;

    /// <summary>Whether it takes new calls.</summary>
    public bool IsUsable => _goingAway is null && !_connection.IsClosing;

    /// <summary>Told, on the thread that reads and maybe twice, that the session takes no more calls.</summary>
    public Action? Ended { get; set; }

    /// <summary>Calls that wait for the host.</summary>
    public int CallsInFlight => _calls.Count;

    /// <summary>Bytes that came so far.</summary>
    public long BytesReceived => _connection.BytesReceived;

    /// <summary>Whether the connection has ended.</summary>
    public bool HasEnded => _connection.IsClosing;

    /// <summary>Connects and says hello.</summary>
    /// <param name="options">Where and as whom; checked.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>, <see cref="ErrorCode.PermissionDenied"/>, or what the host says to hello.</exception>
    public static async ValueTask<ClientSession> ConnectAsync(EdgeHostClientOptions options, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        ClientSession? session = null;
        try
        {
            var socket = await Connector.ConnectAsync(options.Endpoint, options.ConnectTimeout, either.Token).ConfigureAwait(false);
            session = new ClientSession(socket, options);
            var processId = PeerCredentials.Of(socket).ProcessId;
            session._reading.Start();
            await session.GreetAsync(options, processId, either.Token).ConfigureAwait(false);
            session._keepAlive = KeepAlive.Start(session, session._connection, options);
            return session;
        }
        catch (Exception e)
        {
            if (session is not null) await session.DisposeAsync().ConfigureAwait(false);
            if (e is not OperationCanceledException || cancellationToken.IsCancellationRequested) throw;
            throw new EdgeHostException(
                ErrorCode.Unavailable, $"The host did not answer within {options.ConnectTimeout.TotalSeconds:0.#} s. See `edgehost doctor`.", e);
        }
    }

    /// <summary>
    /// Asks the host for a sign of life. It takes no slot: a host that is busy with as many calls as it takes, or that takes
    /// no new ones, answers it all the same.
    /// </summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the connection ended.</exception>
    public async Task PingAsync()
    {
        var call = new UnaryCall { IsPing = true };
        var id = Register(call);
        try
        {
            await _connection.SendAsync(WriteRequest(id, HostMethods.Ping, new MessageBody<PingRequest>(new PingRequest(default)), options: null), CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            if (_calls.TryTake(id, out var taken)) Free(taken);
            throw;
        }

        (await call.Response.ConfigureAwait(false)).Release();
    }

    /// <summary>Ends the connection. Calls under way fail with <see cref="ErrorCode.Unavailable"/>; the host cancels them.</summary>
    public async ValueTask DisposeAsync()
    {
        _keepAlive?.Dispose();
        _connection.Close(new CloseReason(ErrorCode.Unavailable, "The client was disposed."), flush: false);
        await _connection.Completion.ConfigureAwait(false);
    }

    /// <summary>Ends the connection as if the other side had.</summary>
    internal void Lose() => _connection.Close(CloseReason.PeerClosed, flush: false);

    private async ValueTask GreetAsync(EdgeHostClientOptions options, long processId, CancellationToken cancellationToken)
    {
        var request = new HelloRequest(WireProtocol.Version, options.AppName, options.Token, ClientName);
        var result = await InvokeAsync(HostMethods.Hello, new MessageBody<HelloRequest>(request), ownsResult: true, options: null, cancellationToken).ConfigureAwait(false);
        var reader = new WireReader(result.Memory);
        var hello = HelloResponse.Read(ref reader);
        Host = new HostInfo(hello.HostVersion, hello.Session, hello.Limits, hello.Grants, hello.Credit, processId) { Instance = hello.Instance };
        Regions = new SessionRegions(this, hello.Limits, processId, options);
        _slots = new SemaphoreSlim(Math.Min(hello.Limits.MaxCallsPerConnection, ushort.MaxValue));
    }
}
