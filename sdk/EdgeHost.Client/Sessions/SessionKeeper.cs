using Microsoft.Extensions.Logging;

namespace EdgeHost.Client.Sessions;

/// <summary>
/// Keeps a client's session: gives the one there is, and makes another one, once for all who ask, when it is lost or takes no new calls. That begins at once, and
/// again at the next call if it did not help in time. Thread-safe.
/// </summary>
internal sealed partial class SessionKeeper : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly EdgeHostClientOptions _options;
    private readonly Func<CancellationToken, ValueTask<ClientSession>> _connect;
    private readonly Func<double> _random;
    private volatile ClientSession? _session;
    private Task<ClientSession>? _connecting;
    private readonly HashSet<ClientSession> _draining = [];
    private bool _isDisposed;

    public SessionKeeper(EdgeHostClientOptions options, ClientSession? session)
        : this(options, session, token => ClientSession.ConnectAsync(options, token), Random.Shared.NextDouble)
    {
    }

    /// <summary>Creates a keeper with another way to connect, for tests.</summary>
    internal SessionKeeper(
        EdgeHostClientOptions options, ClientSession? session, Func<CancellationToken, ValueTask<ClientSession>> connect, Func<double> random)
    {
        _options = options;
        _session = session;
        _connect = connect;
        _random = random;
        if (session is not null) Adopt(session);
    }

    /// <summary>How things stand.</summary>
    public ClientState State
    {
        get
        {
            lock (_gate)
            {
                if (_isDisposed) return ClientState.Disposed;
                if (_session is { IsUsable: true }) return ClientState.Connected;
                if (_connecting is { IsCompleted: false }) return ClientState.Connecting;
                return _session is { HasEnded: false } ? ClientState.Draining : ClientState.Disconnected;
            }
        }
    }

    /// <summary>The last session, usable or not; null before the first.</summary>
    public ClientSession? Last => _session;

    /// <summary>The session for a new call, if it is there.</summary>
    public ClientSession? Current => _session is { IsUsable: true } session ? session : null;

    /// <summary>The session for a new call, made now if it must be.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: it did not come back in time, or must not; or what the host says to hello.</exception>
    public async ValueTask<ClientSession> GetAsync(CancellationToken cancellationToken)
    {
        if (Current is { } current) return current;
        Task<ClientSession> connecting;
        lock (_gate)
        {
            if (_isDisposed) throw new EdgeHostException(ErrorCode.Unavailable, "The client was disposed.");
            if (Current is { } made) return made;
            if (!_options.Reconnect && _session is { } lost) throw lost.GoingAway!.ToException();
            if (_connecting is null or { IsCompleted: true }) _connecting = Task.Run(ConnectAsync, CancellationToken.None);
            connecting = _connecting;
        }

        return await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task? connecting;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            connecting = _connecting;
        }

        await _disposed.CancelAsync().ConfigureAwait(false);
        if (connecting is not null) await connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_session is { } session) await session.DisposeAsync().ConfigureAwait(false);
        ClientSession[] draining;
        lock (_gate)
        {
            draining = [.. _draining];
        }

        foreach (var old in draining) await old.DisposeAsync().ConfigureAwait(false);
        _disposed.Dispose();
    }

    private async Task<ClientSession> ConnectAsync()
    {
        if (_session is { } lost) LogLost(_options.Endpoint, lost.GoingAway?.Message ?? "it is gone");
        using var timeout = new CancellationTokenSource(_options.ReconnectTimeout, _options.TimeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _disposed.Token);
        var backoff = new Backoff(_options.ReconnectDelay, _options.MaxReconnectDelay, _random);
        while (true)
        {
            try
            {
                var session = await _connect(stop.Token).ConfigureAwait(false);
                if (_session is { HasEnded: false } old) _ = KeepUntilEndedAsync(old);
                _session = session;
                Adopt(session);
                return session;
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable && !stop.IsCancellationRequested)
            {
                try
                {
                    await Task.Delay(backoff.Next(), _options.TimeProvider, stop.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    LogGaveUp(_options.Endpoint, e.Message);
                    throw new EdgeHostException(ErrorCode.Unavailable, e.Message, e);
                }
            }
            catch (OperationCanceledException e)
            {
                throw new EdgeHostException(ErrorCode.Unavailable, _disposed.IsCancellationRequested ? "The client was disposed." : $"The host at '{_options.Endpoint}' did not answer in time. If none is running, start one with `edgehost serve`; `edgehost doctor` says what is wrong.", e);
            }
        }
    }

    // A session that drains has calls whose answers still come; disposing the client ends it like the others.
    private async Task KeepUntilEndedAsync(ClientSession session)
    {
        lock (_gate)
        {
            _draining.Add(session);
        }

        await session.Completion.ConfigureAwait(false);
        lock (_gate)
        {
            _draining.Remove(session);
        }
    }

    // Comes back before the next call needs it. What fails here is told to that call.
    private void Adopt(ClientSession session)
    {
        LogConnected(session);
        if (!_options.Reconnect) return;
        session.Ended = () => _ = Task.Run(ComeBackAsync, CancellationToken.None);
        if (!session.IsUsable) session.Ended();
    }

    private async Task ComeBackAsync()
    {
        try
        {
            await GetAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (EdgeHostException)
        {
            // The next call tries again, and says what is wrong.
        }
    }

    private void LogConnected(ClientSession session)
    {
        if (_options.Logger is { } logger && session.Host is { } host) LogConnected(logger, _options.Endpoint, host.Session, host.Version);
    }

    private void LogLost(string endpoint, string reason)
    {
        if (_options.Logger is { } logger) LogLost(logger, endpoint, reason);
    }

    private void LogGaveUp(string endpoint, string reason)
    {
        if (_options.Logger is { } logger) LogGaveUp(logger, endpoint, reason);
    }

    [LoggerMessage(1, LogLevel.Information, "Connected to the host at {Endpoint}: session {Session}, version {Version}.")]
    private static partial void LogConnected(ILogger logger, string endpoint, string session, string version);

    [LoggerMessage(2, LogLevel.Information, "The connection to the host at {Endpoint} is lost: {Reason} Connecting again.")]
    private static partial void LogLost(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3, LogLevel.Warning, "No connection to the host at {Endpoint}: {Reason}")]
    private static partial void LogGaveUp(ILogger logger, string endpoint, string reason);
}
