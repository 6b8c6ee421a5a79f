using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Health;

/// <summary>
/// One check of each kind at a time, shared by all who ask, and never much longer than <see cref="HealthOptions.Timeout"/>: the look runs on a thread of
/// its own, so that a lock which never comes free, or a driver which never answers, is itself the finding.
/// </summary>
internal sealed partial class HostHealth : IHostHealth
{
    /// <summary>The subject where the check itself, or the engine, is what does not work.</summary>
    internal const string Subject = "host";

    private readonly IDeviceDirectory _directory;
    private readonly IDeviceHealth _health;
    private readonly IModelPool _pool;
    private readonly DeviceSelfTests _tests;
    private readonly HealthLook _look;
    private readonly HealthOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<HostHealth> _logger;
    private readonly Lock _gate = new();
    private readonly Check?[] _checks = new Check?[2];
    private readonly Task<IReadOnlyList<DeviceLook>>?[] _looks = new Task<IReadOnlyList<DeviceLook>>?[2];
    private readonly HashSet<string> _tested = new(StringComparer.Ordinal);

    public HostHealth(
        IDeviceDirectory directory,
        IDeviceHealth health,
        IStepScheduler scheduler,
        IModelPool pool,
        DeviceSelfTests tests,
        IMachineConditions conditions,
        IOptions<EdgeHostRuntimeOptions> options,
        TimeProvider time,
        ILogger<HostHealth> logger)
    {
        _directory = directory;
        _health = health;
        _pool = pool;
        _tests = tests;
        _options = options.Value.Health;
        _look = new HealthLook(directory, health, scheduler, conditions, _options, time);
        _time = time;
        _logger = logger;
    }

    public ValueTask<HealthReport> CheckAsync(bool probe, CancellationToken cancellationToken)
    {
        Check? check;
        var isNew = false;
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            // A probe has looked as well: once it has ended, its result serves both.
            check = Fresh(_checks[1], now, mayRun: probe) ?? (probe ? null : Fresh(_checks[0], now, mayRun: true));
            if (check is null)
            {
                _checks[probe ? 1 : 0] = check = new Check();
                isNew = true;
            }
        }

        if (isNew) _ = RunAsync(probe, check);
        return new ValueTask<HealthReport>(check.Report.Task.WaitAsync(cancellationToken));
    }

    private Check? Fresh(Check? check, long now, bool mayRun)
        => check is null || (check.Ended is { } ended ? _time.GetElapsedTime(ended, now) >= _options.ResultLifetime : !mayRun) ? null : check;

    private async Task RunAsync(bool probe, Check check)
    {
        HealthReport report;
        try
        {
            report = await CheckAsync(probe).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary of the check: what breaks it is what it reports. Logged and mapped.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "The health check failed.");
            report = OfHost(HostHealthState.Degraded, "the health check itself failed; the log has more");
        }

        var ended = _time.GetTimestamp();
        lock (_gate)
        {
            check.Ended = ended;
        }

        check.Report.TrySetResult(report);
    }

    private async Task<HealthReport> CheckAsync(bool probe)
    {
        var started = _time.GetTimestamp();
        IReadOnlyList<DeviceLook> looks;
        try
        {
            looks = await StartLook(probe).WaitAsync(_options.Timeout, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return OfHost(HostHealthState.Stuck, $"the devices could not be looked at within {Durations.Text(_options.Timeout)}");
        }
        catch (EdgeHostException e)
        {
            return OfHost(HostHealthState.Stuck, $"the inference engine does not start: {e.Message}");
        }

        var left = _options.Timeout - _time.GetElapsedTime(started);
        if (!probe || left <= TimeSpan.Zero) return Sum(looks, [.. looks.Select(static look => look.Finding)], []);
        var models = ProbeModelsAsync(left);
        var devices = await Task.WhenAll(looks.Select(look => TestAsync(look, left))).ConfigureAwait(false);
        return Sum(looks, devices, await models.ConfigureAwait(false));
    }

    /// <summary>Starts a look, or joins the one of its kind that has not come back, so that at most two threads are ever held.</summary>
    private Task<IReadOnlyList<DeviceLook>> StartLook(bool probe)
    {
        var done = new TaskCompletionSource<IReadOnlyList<DeviceLook>>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ref var last = ref _looks[probe ? 1 : 0];
            if (last is { IsCompleted: false }) return last;
            last = done.Task;
        }

        new Thread(() => Look(probe, done)) { IsBackground = true, Name = "health" }.Start();
        return done.Task;
    }

    private void Look(bool probe, TaskCompletionSource<IReadOnlyList<DeviceLook>> done)
    {
        try
        {
            // A probe is about the real devices, so it loads the engine; a look never does.
            if (probe) _ = _directory.Devices;
            done.TrySetResult(_look.Look());
        }
#pragma warning disable CA1031 // The end of a thread: the error goes to whoever waits for the look.
        catch (Exception e)
#pragma warning restore CA1031
        {
            done.TrySetException(e);
        }
    }

    private static HealthReport OfHost(HostHealthState state, string text) => new(state, [new HealthFinding(Subject, state, text)]);

    /// <summary>Stuck where the processor is, to which everything falls back, or every device; degraded where anything is not well.</summary>
    private static HealthReport Sum(IReadOnlyList<DeviceLook> looks, HealthFinding[] devices, IReadOnlyList<HealthFinding> models)
    {
        var isStuck = devices.Length > 0 && Array.TrueForAll(devices, static finding => finding.State == HostHealthState.Stuck);
        for (var i = 0; i < looks.Count; i++)
        {
            isStuck |= looks[i].Device.Kind == DeviceKind.Cpu && devices[i].State == HostHealthState.Stuck;
        }

        HealthFinding[] all = [.. devices, .. models];
        var state = isStuck ? HostHealthState.Stuck
            : Array.Exists(all, static finding => finding.State != HostHealthState.Ready) ? HostHealthState.Degraded
            : HostHealthState.Ready;
        return new HealthReport(state, all);
    }

    private sealed class Check
    {
        public TaskCompletionSource<HealthReport> Report { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>When it ended, or null while it runs.</summary>
        public long? Ended { get; set; }
    }
}
