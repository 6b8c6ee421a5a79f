using EdgeHost.Protocol.Connections;

namespace EdgeHost.Client.Sessions;

/// <summary>
/// Notices a host that is there and answers nothing: while calls wait and nothing comes for an interval it sends a ping, and after another one it gives the
/// connection up. A timer, no thread.
/// </summary>
internal sealed class KeepAlive : IDisposable
{
    private readonly ClientSession _session;
    private readonly FrameConnection _connection;
    private readonly TimeSpan _interval;
    private ITimer? _timer;
    private long _received;
    private bool _hasAsked;

    private KeepAlive(ClientSession session, FrameConnection connection, TimeSpan interval)
    {
        _session = session;
        _connection = connection;
        _interval = interval;
    }

    /// <summary>Starts to watch; null where the options say not to.</summary>
    public static KeepAlive? Start(ClientSession session, FrameConnection connection, EdgeHostClientOptions options)
    {
        if (options.KeepAliveInterval == TimeSpan.Zero) return null;
        var watch = new KeepAlive(session, connection, options.KeepAliveInterval);
        watch._timer = options.TimeProvider.CreateTimer(static state => ((KeepAlive)state!).Look(), watch, options.KeepAliveInterval, options.KeepAliveInterval);
        return watch;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        if (_connection.IsClosing)
        {
            Dispose();
            return;
        }

        var received = _connection.BytesReceived;
        var isSilent = received == _received && _session.CallsInFlight > 0;
        _received = received;
        if (!isSilent)
        {
            _hasAsked = false;
        }
        else if (!_hasAsked)
        {
            _hasAsked = true;
            _ = AskAsync();
        }
        else
        {
            _connection.Close(new CloseReason(ErrorCode.Unavailable, $"The host gave no sign of life for {_interval.TotalSeconds:0.#} s."), flush: false);
        }
    }

    private async Task AskAsync()
    {
        try
        {
            await _session.PingAsync().ConfigureAwait(false);
        }
        catch (EdgeHostException)
        {
            // The connection ended meanwhile, which every call is told.
        }
    }
}
