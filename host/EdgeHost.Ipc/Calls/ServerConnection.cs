using System.Net.Sockets;
using EdgeHost.Ipc.Idempotency;
using EdgeHost.Ipc.Regions;
using EdgeHost.Ipc.Server;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;

namespace EdgeHost.Ipc.Calls;

/// <summary>One app's connection: who it is, and its calls in flight.</summary>
internal sealed partial class ServerConnection : IFrameHandler
{
    private const int MostIdleCalls = 16;

    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromMilliseconds(100);

    private readonly ConnectionServices _services;
    private readonly PeerCredentials _peer;
    private readonly ITimer _watch;
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, ServerCall> _calls = [];
    private readonly Stack<ServerCall> _idleCalls = new();
    private readonly MethodNames _methods;
    private volatile MethodCost? _workMethod;
    private volatile AppSession? _session;
    private int _running;
    private TaskCompletionSource? _idle;
    private long _lastActivity;
    private volatile CloseReason? _refusal;

    /// <summary>Creates a connection; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="socket">The accepted socket; owned from now on.</param>
    /// <param name="session">The id for logs.</param>
    /// <param name="services">What all connections share.</param>
    public ServerConnection(Socket socket, string session, ConnectionServices services)
    {
        _services = services;
        _methods = new MethodNames(services.Costs);
        Session = session;
        _peer = PeerCredentials.Of(socket);
        Regions = new ConnectionRegions(services.Options, services.Regions, services.Transport.LargeBuffers);
        Transport = new FrameConnection(socket, this, services.Transport);
        _lastActivity = services.Time.GetTimestamp();
        _watch = services.Time.CreateTimer(static state => ((ServerConnection)state!).Watch(), this, services.Options.HelloTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The id for logs.</summary>
    public string Session { get; }

    /// <summary>Frames in and out.</summary>
    public FrameConnection Transport { get; }

    /// <summary>The memory it shares with the client.</summary>
    public ConnectionRegions Regions { get; }

    /// <summary>Who calls; null before hello.</summary>
    public AppIdentity? App => _session?.App;

    /// <summary>What it may do; null before hello.</summary>
    public AppSession? Access => _session;

    /// <summary>Is told what the steps of its calls cost; null before hello.</summary>
    public SessionAccount? DeviceTime { get; private set; }

    public IpcOptions Options => _services.Options;

    public ICapabilityDispatcher Dispatcher => _services.Dispatcher;

    public ICapabilityCatalog Catalog => _services.Catalog;

    public IdempotencyStore Keyed => _services.Keyed;

    public TimeProvider Time => _services.Time;

    public IpcMetrics Metrics => _services.Metrics;

    /// <summary>Calls whose handler has not ended or whose response is not on its way.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Starts reading.</summary>
    public void Start()
    {
        IpcLog.Connected(_services.Logger, Session, _peer.ProcessId, _peer.UserId);
        _services.Readers.Start(Transport);
    }

    /// <summary>Tells the client to send no new calls and refuses those it still sends.</summary>
    public void BeginDrain(CloseReason reason)
    {
        // Calls are refused from where the word stands in what is sent: a client that is refused has read before that it must send elsewhere, and one that has read
        // it is refused.
        var frame = Transport.RentFrame();
        frame.Queued = new Refusal(this, reason);
        RpcWriter.BeginNotification(frame, Notifications.GoingAway, 1);
        RpcWriter.Append(frame, reason);
        Transport.Post(frame);
    }

    /// <summary>Completes when no call is running.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_running == 0) return Task.CompletedTask;
            return (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Cancels every call.</summary>
    public void CancelAll()
    {
        ServerCall[] calls;
        lock (_gate)
        {
            calls = [.. _calls.Values];
        }

        foreach (var call in calls)
        {
            call.Cancel();
        }
    }

    /// <summary>Frees the id of a call; doing so twice is harmless.</summary>
    public void Forget(ServerCall call)
    {
        lock (_gate)
        {
            if (_calls.TryGetValue(call.Id, out var known) && ReferenceEquals(known, call)) _calls.Remove(call.Id);
        }
    }

    /// <summary>Called once by each call, last.</summary>
    public void OnCallEnded(ServerCall call)
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (_calls.TryGetValue(call.Id, out var known) && ReferenceEquals(known, call)) _calls.Remove(call.Id); // Of a call whose answer was not queued.

            // Taken out again by the reading thread alone, which then has no use for a call that it found before.
            if (_idleCalls.Count < MostIdleCalls && call.IsReusable) _idleCalls.Push(call);
            _lastActivity = Time.GetTimestamp();
            if (--_running == 0)
            {
                idle = _idle;
                _idle = null;
            }
        }

        idle?.TrySetResult();
    }

    /// <summary>Logs what no handler should throw and gives what the app sees of it.</summary>
    public EdgeHostException Unexpected(Exception e, string method)
    {
        var id = NewCorrelationId();
        IpcLog.CallFailed(_services.Logger, e, method, App!.Name, id);
        return Internal(id);
    }

    /// <summary>Logs that a handler wrote rubbish and gives what the app sees of it.</summary>
    public EdgeHostException BrokenResponse(string method)
    {
        var id = NewCorrelationId();
        IpcLog.BrokenResponse(_services.Logger, method, App!.Name, id);
        return Internal(id);
    }

    /// <inheritdoc/>
    public bool OnFrame(ReadOnlyMemory<byte> frame, FrameReader reader)
    {
        Volatile.Write(ref _lastActivity, Time.GetTimestamp());
        var message = RpcMessage.Read(frame);
        switch (message.Kind)
        {
            case RpcKind.Request:
                return OnRequest(message, reader);
            case RpcKind.Notification:
                OnNotification(message);
                return true;
            default:
                throw new EdgeHostException(ErrorCode.InvalidArgument, "The host sends no requests, so it takes no responses.");
        }
    }

    /// <inheritdoc/>
    public void OnBroken(EdgeHostException error, ReadOnlySpan<byte> beginning)
    {
        if (RpcMessage.TryReadRequestId(beginning, out var id)) PostError(id, error);
    }

    /// <inheritdoc/>
    public void OnWorkTookLong() => _workMethod?.MarkLong();

    /// <inheritdoc/>
    public void OnClosed(CloseReason reason)
    {
        _watch.Dispose();
        if (reason == CloseReason.PeerClosed || reason.Code == ErrorCode.Unavailable)
        {
            IpcLog.Closed(_services.Logger, Session, reason.Code.ToWireName(), reason.Message);
        }
        else
        {
            IpcLog.CutOff(_services.Logger, Session, reason.Code.ToWireName(), reason.Message);
        }

        CancelAll();
        Regions.CloseAll();
    }

    // Hello must come in time; later the connection must not be idle for too long.
    private void Watch()
    {
        if (App is null)
        {
            Transport.Close(new CloseReason(ErrorCode.Unauthenticated, $"No {HostMethods.Hello} came within {Options.HelloTimeout.TotalSeconds:0.#} s."), flush: true);
            return;
        }

        if (Options.IdleTimeout == TimeSpan.Zero) return;
        var left = Options.IdleTimeout - Time.GetElapsedTime(Volatile.Read(ref _lastActivity));
        if (left <= TimeSpan.Zero && Running == 0)
        {
            Transport.Close(new CloseReason(ErrorCode.Unavailable, $"The connection was idle for {Options.IdleTimeout.TotalSeconds:0.#} s."), flush: true);
            return;
        }

        _watch.Change(left > TimeSpan.Zero ? left : Options.IdleTimeout, Timeout.InfiniteTimeSpan);
    }

    private void PostError(uint id, EdgeHostException error)
    {
        var frame = Transport.RentFrame();
        RpcWriter.WriteError(frame, id, error);
        Transport.Post(frame);
    }

    private static EdgeHostException Internal(string correlationId)
        => new(ErrorCode.Internal, $"The host failed to serve the call. Its log says more under correlation id {correlationId}.")
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["correlation_id"] = correlationId },
        };

    private static string NewCorrelationId() => Guid.NewGuid().ToString("N")[..12];

    private sealed class Refusal(ServerConnection connection, CloseReason reason) : IQueuedFrame
    {
        public void OnQueued() => connection._refusal = reason;
    }
}
