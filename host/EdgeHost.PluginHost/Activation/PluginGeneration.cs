using EdgeHost.PluginHost.Loading;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Activation;

/// <summary>
/// One version of a plugin: started at its first call, retired once, and after that a signpost to its successor for calls that looked up
/// the old route. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // RetireAsync is its end and disposes what it owns.
internal sealed partial class PluginGeneration : ICapabilityTarget
#pragma warning restore CA1001
{
    private readonly PluginHostContext _host;
    private readonly PluginActivator _activator;
    private readonly PluginGuard _guard;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _life = new();

    private volatile PluginActivation? _activation;
    private volatile PluginGeneration? _successor;
    private PluginActivation? _draining;
    private Task<PluginFailure?>? _starting;
    private PluginFailure? _failure;
    private DateTimeOffset _retryAt;
    private int _failures;
    private bool _retired;

    public PluginGeneration(PluginHostContext host, PluginSource source, CallTotals totals, UnloadWatch unloads)
    {
        _host = host;
        Source = source;
        _logger = host.Loggers.CreateLogger(source.Manifest.Id);
        _activator = new PluginActivator(host, source, totals, unloads);
        _guard = new PluginGuard(source.Manifest.Id, _logger, totals, host.Time);
        Status = new PluginStatus(PluginState.Ready, string.Empty, host.Time.GetUtcNow());
    }

    public PluginSource Source { get; }

    public PluginStatus Status { get; private set; }

    public TimeSpan StartTime { get; private set; }

    public bool IsActive => _activation is not null;

    public bool IsRetired
    {
        get
        {
            lock (_gate) return _retired;
        }
    }

    /// <summary>Whether a failed start may be tried again now.</summary>
    public bool IsRetryDue
    {
        get
        {
            lock (_gate) return _failure is not null && _starting is null && !_retired && _host.Time.GetUtcNow() >= _retryAt;
        }
    }

    public int InFlightCalls
    {
        get
        {
            lock (_gate) return (_activation ?? _draining)?.InFlightCalls ?? 0;
        }
    }

    public ValueTask<ServedCapability> EnterAsync(string method, CancellationToken cancellationToken)
        => _activation?.TryEnter(method) is { } entered ? new(entered) : EnterSlowAsync(method, cancellationToken);

    /// <summary>Starts it unless it is active, once for all who ask at the same time.</summary>
    /// <param name="cancellationToken">Stops waiting; the start goes on.</param>
    /// <returns>Null, or why it is not active.</returns>
    public async Task<PluginFailure?> ActivateAsync(CancellationToken cancellationToken)
    {
        Task<PluginFailure?> start;
        lock (_gate)
        {
            if (_retired) return new PluginFailure("It is being stopped.", "It is being stopped.");
            if (_activation is not null) return null;
            if (_starting is null)
            {
                if (_failure is not null && _host.Time.GetUtcNow() < _retryAt) return _failure;
                Status = NextStatus(PluginState.Starting, string.Empty);
                _starting = Task.Run(StartAsync, CancellationToken.None);
            }

            start = _starting;
        }

        return await start.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no new calls, lets the others finish, stops and unloads.</summary>
    /// <param name="successor">Who takes calls that come by the old route, or null.</param>
    public async Task RetireAsync(PluginGeneration? successor)
    {
        Task? starting;
        lock (_gate)
        {
            if (_retired) return;
            _retired = true;
            _successor = successor;
            starting = _starting;
        }

        await _guard.CancelAsync(_life).ConfigureAwait(false);
        if (starting is not null) await starting.ConfigureAwait(false);
        PluginActivation? activation;
        lock (_gate)
        {
            activation = _draining = _activation;
            _activation = null;
            Status = NextStatus(activation is null ? PluginState.Stopped : PluginState.Draining, string.Empty);
        }

        if (activation is not null)
        {
            // It reads the folder that is removed behind the stop.
            await _keeping.ConfigureAwait(false);
            await activation.StopAsync(_host.Options.DrainTimeout, _host.Options.StopTimeout).ConfigureAwait(false);
            _activator.Unloaded(activation.Context, activation.Folder);
            lock (_gate)
            {
                _draining = null;
                Status = NextStatus(PluginState.Stopped, string.Empty);
            }

            _logger.LogInformation("Version {Version} was stopped and unloaded.", Source.Manifest.Version);
        }

        _life.Dispose();
    }

    private async ValueTask<ServedCapability> EnterSlowAsync(string method, CancellationToken cancellationToken)
    {
        var generation = this;
        while (true)
        {
            if (generation._activation?.TryEnter(method) is { } entered) return entered;
            if (generation._successor is { } successor)
            {
                generation = successor;
                continue;
            }

            var failure = await generation.ActivateAsync(cancellationToken).ConfigureAwait(false);
            if (failure is not null && generation._successor is null) throw generation.Unavailable(failure);
        }
    }

    private EdgeHostException Unavailable(PluginFailure failure)
    {
        lock (_gate)
        {
            var wait = _retryAt - _host.Time.GetUtcNow();
            return new EdgeHostException(ErrorCode.Unavailable, $"The plugin '{Source.Manifest.Id}' cannot serve now: {failure.ForApps}")
            {
                RetryAfter = !_retired && wait > TimeSpan.Zero ? wait : null,
            };
        }
    }

    private async Task<PluginFailure?> StartAsync()
    {
        var started = _host.Time.GetTimestamp();
        PluginActivation? activation = null;
        PluginFailure? failure = null;
        var limit = CancellationTokenSource.CreateLinkedTokenSource(_life.Token);
        var work = Task.Run(() => _activator.ActivateAsync(limit.Token), CancellationToken.None);
        try
        {
            activation = await work.WaitAsync(_host.Options.StartTimeout, _host.Time, _life.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            failure = new PluginFailure("Its start takes too long.", $"Its start did not end within {_host.Options.StartTimeout}.");
        }
        catch (PluginFailureException ex)
        {
            failure = ex.Failure;
        }
        catch (OperationCanceledException)
        {
            failure = new PluginFailure("It is being stopped.", "It was stopped while it started.");
        }

        if (work.IsCompleted) limit.Dispose();
        if (!work.IsCompleted || (activation is null && work.IsCompletedSuccessfully)) _ = DiscardAsync(work, limit);
        lock (_gate)
        {
            _starting = null;
            _failure = failure;
            if (activation is null) Failed(failure!);
            else
            {
                Started(activation, _host.Time.GetElapsedTime(started));
                KeepDescriptions(activation);
            }
        }

        return failure;
    }

    private void Started(PluginActivation activation, TimeSpan time)
    {
        _failures = 0;
        _activation = activation;
        StartTime = time;
        Status = NextStatus(PluginState.Active, string.Empty);
        _logger.LogInformation("Version {Version} was started in {Milliseconds:F0} ms.", Source.Manifest.Version, time.TotalMilliseconds);
    }

    private void Failed(PluginFailure failure)
    {
        var delay = _host.Options.RetryDelay * Math.Pow(2, Math.Min(_failures++, 30));
        if (delay > _host.Options.MaxRetryDelay) delay = _host.Options.MaxRetryDelay;
        _retryAt = _host.Time.GetUtcNow() + delay;
        Status = NextStatus(PluginState.Broken, $"{failure.ForOperator} (failed {_failures} times; tried again at a call after {_retryAt:HH:mm:ss} UTC)");
    }

    // A start that nobody waits for any more: what comes out of it after all is taken down again.
    private async Task DiscardAsync(Task<PluginActivation> work, CancellationTokenSource limit)
    {
        using (limit)
        {
            if (!work.IsCompleted) await _guard.CancelAsync(limit).ConfigureAwait(false);
            try
            {
                var late = await work.ConfigureAwait(false);
                await late.StopAsync(TimeSpan.Zero, _host.Options.StopTimeout).ConfigureAwait(false);
                _activator.Unloaded(late.Context, late.Folder);
            }
            catch (PluginFailureException ex)
            {
                _logger.LogDebug("An abandoned start ended: {Reason}", ex.Message);
            }
            catch (OperationCanceledException)
            {
                _logger.LogDebug("An abandoned start was cancelled.");
            }
        }
    }

    private PluginStatus NextStatus(PluginState state, string reason) => new(state, reason, _host.Time.GetUtcNow());
}
