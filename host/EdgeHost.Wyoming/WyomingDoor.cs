using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using EdgeHost.Client;
using EdgeHost.Wyoming.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Wyoming;

/// <summary>Listens, and serves each connection as an app of the host. Does nothing while it is not enabled.</summary>
public sealed partial class WyomingDoor : BackgroundService
{
    private readonly WyomingOptions _options;
    private readonly Func<CancellationToken, Task<EdgeHostClient>> _connect;
    private readonly ILogger<WyomingDoor> _logger;
    private readonly ConcurrentDictionary<Task, byte> _connections = [];
    private TcpListener? _listener;
    private int _open;

    /// <summary>Creates the door.</summary>
    /// <param name="options">What it may do.</param>
    /// <param name="connect">Connects to the host; called for each connection.</param>
    /// <param name="logger">Where it logs.</param>
    public WyomingDoor(IOptions<WyomingOptions> options, Func<CancellationToken, Task<EdgeHostClient>> connect, ILogger<WyomingDoor> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _connect, _logger) = (options.Value, connect, logger);
    }

    /// <summary>Where it listens, or null: it does not.</summary>
    public IPEndPoint? Endpoint => _listener?.LocalEndpoint as IPEndPoint;

    /// <inheritdoc/>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the port cannot be had.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_options.IsEnabled) return Task.CompletedTask;
        try
        {
            _listener = new TcpListener(IPAddress.Parse(_options.Address), _options.Port);
            _listener.Start(_options.MaxConnections);
        }
        catch (SocketException e)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition,
                $"The door for Wyoming cannot listen on {_options.Address}:{_options.Port}: {e.Message} Set {WyomingOptions.SectionName}:{nameof(_options.Port)} to another port, or to 0 for any.",
                e);
        }

        LogListening(Endpoint!);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _listener?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var connection = await _listener!.AcceptTcpClientAsync(stoppingToken).ConfigureAwait(false);
                var served = ServeAsync(connection, stoppingToken);
                _connections.TryAdd(served, 0);
                _ = served.ContinueWith(task => _connections.TryRemove(task, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            _listener!.Stop();
            await Task.WhenAll(_connections.Keys).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(TcpClient connection, CancellationToken stopping)
    {
        await Task.Yield();
        using var owned = connection;
        connection.NoDelay = true;
        var remote = connection.Client.RemoteEndPoint;
        var stream = connection.GetStream();
        using var writer = new WyomingWriter(stream);
        try
        {
            if (Interlocked.Increment(ref _open) > _options.MaxConnections)
            {
                var text = $"The door has {_options.MaxConnections} connections, which is its limit ({WyomingOptions.SectionName}:{nameof(_options.MaxConnections)}).";
                await writer.WriteAsync(new WyomingEvent("error", new() { ["text"] = text, ["code"] = ErrorCode.ResourceExhausted.ToWireName() }), stopping).ConfigureAwait(false);
                return;
            }

            await TalkAsync(stream, writer, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (OperationCanceledException)
        {
            LogIdle(remote);
        }
        catch (Exception e) when (e is IOException or SocketException or EdgeHostException)
        {
            LogEnded(remote, e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task TalkAsync(NetworkStream stream, WyomingWriter writer, CancellationToken stopping)
    {
        var client = await _connect(stopping).ConfigureAwait(false);
        await using var owned = client.ConfigureAwait(false);
        var session = new WyomingSession(client, writer);
        await using var talk = session.ConfigureAwait(false);
        var reader = new WyomingReader(PipeReader.Create(stream), _options);
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        while (true)
        {
            idle.CancelAfter(_options.IdleTimeout);
            WyomingEvent? next;
            try
            {
                next = await reader.ReadAsync(idle.Token).ConfigureAwait(false);
            }
            catch (EdgeHostException e)
            {
                await writer.WriteAsync(new WyomingEvent("error", new() { ["text"] = e.Message, ["code"] = e.Code.ToWireName() }), stopping).ConfigureAwait(false);
                throw;
            }

            if (next is null) return;
            idle.CancelAfter(Timeout.InfiniteTimeSpan);
            await session.HandleAsync(next, stopping).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Information, "Programs that speak Wyoming are served on {Endpoint}.")]
    private partial void LogListening(IPEndPoint endpoint);

    [LoggerMessage(LogLevel.Information, "The Wyoming connection of {Remote} was closed: it said nothing for too long.")]
    private partial void LogIdle(EndPoint? remote);

    [LoggerMessage(LogLevel.Information, "The Wyoming connection of {Remote} ended: {Problem}")]
    private partial void LogEnded(EndPoint? remote, string problem);
}
