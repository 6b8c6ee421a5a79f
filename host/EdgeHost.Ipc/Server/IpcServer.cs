using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Reflection;
using EdgeHost.Ipc.Calls;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Ipc.Server;

/// <summary>Listens for apps from start to stop. Stopping lets calls in flight end first.</summary>
internal sealed class IpcServer : IHostedService, IDisposable
{
    private static readonly TimeSpan AcceptRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(5);
    private static readonly CloseReason Stopping = new(ErrorCode.Unavailable, "The host is stopping.");

    private readonly ConcurrentDictionary<ServerConnection, Task> _connections = new();
    private readonly IOptionsMonitor<IpcOptions> _options;
    private readonly IpcMetrics _metrics = new();
    private readonly CancellationTokenSource _stop = new();
    private EndpointLease? _endpoint;
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private volatile ConnectionServices _services;
    private int _sessions;

    public IpcServer(
        IOptionsMonitor<IpcOptions> options, ICapabilityDispatcher dispatcher, ICapabilityCatalog catalog, AccessControl access, ILogger<IpcServer> logger, TimeProvider time)
    {
        _options = options;
        var version = typeof(IpcServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        _services = new ConnectionServices(options.CurrentValue, dispatcher, catalog, access, time, logger, _metrics, version);
    }

    /// <summary>Connections that are open or whose calls have not all ended.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Calls being served.</summary>
    public int CallCount => _connections.Keys.Sum(connection => connection.Running);

    /// <summary>Buffers of large requests that somebody holds.</summary>
    public long LargeBuffersOutstanding => _services.Transport.LargeBuffers!.Outstanding;

    /// <summary>Threads that are at work on a call while another one reads their connection.</summary>
    public int LentReaders => _services.Readers.Lent;

    /// <summary>Connections at rest, which take no thread.</summary>
    public int ParkedConnections => _services.Readers.Parked;

    /// <summary>Bytes of shared-memory regions that somebody holds.</summary>
    public long RegionBytes => _services.Regions.Bytes;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = _services.Options;
        _endpoint = EndpointLease.Take(options.Endpoint);
        _listener = _endpoint.Listen(options.SocketMode);
        if (_endpoint.TookOver) IpcLog.TookOver(_services.Logger, options.Endpoint);
        IpcLog.Listening(_services.Logger, options.Endpoint);
        _accepting = AcceptAsync(_listener, _stop.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is null) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        _endpoint!.Withdraw();
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        var connections = _connections.ToArray();
        IpcLog.Draining(_services.Logger, CallCount, connections.Length);
        foreach (var (connection, _) in connections)
        {
            connection.BeginDrain(Stopping);
        }

        await DrainAsync(connections, cancellationToken).ConfigureAwait(false);
        foreach (var (connection, _) in connections)
        {
            connection.Transport.Close(Stopping, flush: true);
        }

        if (!await EndAsync(connections.Select(entry => entry.Value), CancelGrace, CancellationToken.None).ConfigureAwait(false))
        {
            IpcLog.CallsLeft(_services.Logger, CallCount);
            foreach (var (connection, _) in connections)
            {
                connection.Transport.Close(Stopping, flush: false);
            }
        }

        _endpoint.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener?.Dispose();
        _endpoint?.Dispose();
        _metrics.Dispose();
        _services.Readers.Dispose();
        _services.Keyed.Dispose();
        _stop.Dispose();
    }

    private async Task DrainAsync(KeyValuePair<ServerConnection, Task>[] connections, CancellationToken cancellationToken)
    {
        var timeout = _options.CurrentValue.DrainTimeout;
        if (await EndAsync(connections.Select(entry => entry.Key.WhenIdleAsync()), timeout, cancellationToken).ConfigureAwait(false)) return;
        IpcLog.DrainTimedOut(_services.Logger, CallCount, timeout);
        foreach (var (connection, _) in connections)
        {
            connection.CancelAll();
        }

        await EndAsync(connections.Select(entry => entry.Key.WhenIdleAsync()), CancelGrace, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> EndAsync(IEnumerable<Task> tasks, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(tasks).WaitAsync(timeout, _services.Time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Serve(await listener.AcceptAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
            catch (Exception e) // Too many open files, no memory for a thread: the host must keep listening.
            {
                IpcLog.AcceptFailed(_services.Logger, e);
                await Task.Delay(AcceptRetry, _services.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // Changed limits hold for new connections: those that are open were told theirs in hello.
    private void FollowOptions()
    {
        var options = _options.CurrentValue;
        if (!ReferenceEquals(options, _services.Options)) _services = _services.With(options);
    }

    private void Serve(Socket socket)
    {
        FollowOptions();
        if (_connections.Count >= _services.Options.MaxConnections)
        {
            Refuse(socket);
            return;
        }

        var session = $"s{++_sessions}";
        var connection = new ServerConnection(socket, session, _services);
        var tracked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = tracked.Task;
        try
        {
            connection.Start();
        }
        catch
        {
            _connections.TryRemove(connection, out _);
            connection.OnClosed(CloseReason.PeerClosed);
            socket.Dispose();
            throw;
        }

        _metrics.ConnectionOpened();
        _ = TrackAsync(connection, tracked);
    }

    private async Task TrackAsync(ServerConnection connection, TaskCompletionSource tracked)
    {
        await connection.Transport.Completion.ConfigureAwait(false);
        await connection.WhenIdleAsync().ConfigureAwait(false);
        _connections.TryRemove(connection, out _);
        _metrics.ConnectionClosed(connection.Transport.BytesReceived, connection.Transport.BytesSent);
        tracked.TrySetResult();
    }

    private void Refuse(Socket socket)
    {
        using (socket)
        {
            var limit = _services.Options.MaxConnections;
            IpcLog.TooManyConnections(_services.Logger, limit);
            var frame = new FrameWriter();
            RpcWriter.BeginNotification(frame, Protocol.Notifications.GoingAway, 1);
            RpcWriter.Append(frame, new CloseReason(ErrorCode.ResourceExhausted, $"The host has {limit} connections open; close one and try again."));
            frame.Seal();
            foreach (var segment in frame.Segments)
            {
                SocketSender.TrySend(socket, [segment]);
            }

            frame.Reset();
        }
    }
}
