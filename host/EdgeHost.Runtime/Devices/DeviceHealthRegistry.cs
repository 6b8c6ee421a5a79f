using System.Collections.Frozen;
using EdgeHost.Runtime.Changes;
using EdgeHost.Runtime.Decisions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Devices;

/// <summary>
/// Applies <see cref="DeviceStateMachine"/> to what happens on each device, tests failed ones, and tells of changes. One timer serves all devices and is
/// armed only while one of them is not healthy. Locks are a device's own and short; a healthy device's steps take none.
/// </summary>
internal sealed partial class DeviceHealthRegistry : IDeviceHealth, IDisposable
{
    private readonly IDeviceDirectory _directory;
    private readonly DeviceSelfTests _tests;
    private readonly EdgeHostRuntimeOptions _options;
    private readonly TimeProvider _time;
    private readonly IDecisionLog _decisions;
    private readonly ILogger<DeviceHealthRegistry> _logger;
    private readonly ChangeFeed<DeviceHealth> _feed;
    private readonly Lock _gate = new();
    private readonly long _started;
    private readonly ITimer _timer;
    private volatile FrozenDictionary<string, DeviceRecord>? _records;
    private DeviceRecord[] _order = [];
    private volatile bool _isDisposed;
    private int _arming;

    public DeviceHealthRegistry(
        IDeviceDirectory directory,
        DeviceSelfTests tests,
        IOptions<EdgeHostRuntimeOptions> options,
        TimeProvider time,
        IDecisionLog decisions,
        ILogger<DeviceHealthRegistry> logger)
    {
        _directory = directory;
        _tests = tests;
        _options = options.Value;
        _time = time;
        _decisions = decisions;
        _logger = logger;
        _feed = new ChangeFeed<DeviceHealth>(logger);
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(static self => ((DeviceHealthRegistry)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IDisposable OnChange(Action<DeviceHealth> handler) => _feed.Subscribe(handler);

    public bool IsUsable(string device) => Find(device)?.Machine.State is null or DeviceHealthState.Healthy or DeviceHealthState.Suspect;

    public DeviceHealthState StateOf(string device) => Find(device)?.Machine.State ?? DeviceHealthState.Healthy;

    public DeviceHealth Of(string device)
    {
        if (Find(device) is not { } record) return new DeviceHealth(device, DeviceHealthState.Healthy, string.Empty, _time.GetUtcNow(), null, 0, 0);
        var moment = Read();
        lock (record.Gate)
        {
            return Describe(record, moment);
        }
    }

    public IReadOnlyList<DeviceHealth> Snapshot()
    {
        _ = Records();
        return [.. _order.Select(record => Of(record.Device.Id))];
    }

    public void StepSucceeded(string device)
    {
        if (Find(device) is not { } record) return;
        record.LastSuccess = _time.GetTimestamp();
        if (record.Machine.State == DeviceHealthState.Suspect) Apply(record, static (machine, now, _) => machine.Succeed(now));
    }

    public void Faulted(string device, string model, string message)
        => Report(device, model, static (machine, now, text) => machine.Fault(now, text), Phrase(model, message));

    public void Hung(string device, string model, TimeSpan running)
        => Report(device, model, static (machine, now, text) => machine.Hang(now, text), $"{model} did not come back for {Durations.Text(running)}");

    public void HangEnded(string device)
    {
        if (Find(device) is { } record) Apply(record, static (machine, now, _) => machine.EndHang(now));
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    /// <summary>Reads the clock; never under a lock, since the clock is not ours.</summary>
    private Moment Read()
    {
        var timestamp = _time.GetTimestamp();
        return new Moment(timestamp, _time.GetElapsedTime(_started, timestamp), _time.GetUtcNow());
    }

    private void Report(string device, string model, Func<DeviceStateMachine, TimeSpan, string, bool> step, string text)
    {
        if (Find(device) is { } record) Apply(record, step, text);
        else _logger.LogWarning("{Model} reports a fault of {Device}, a device that the engine does not list.", model, device);
    }

    private void Apply(DeviceRecord record, Func<DeviceStateMachine, TimeSpan, string, bool> step, string text = "")
    {
        DeviceHealth? changed = null;
        var moment = Read();
        lock (record.Gate)
        {
            var due = record.Machine.Due;
            if (step(record.Machine, moment.Now, text)) changed = Changed(record, moment);
            else if (due == record.Machine.Due) return;
        }

        // Armed before anyone hears, so that whoever acts on the news finds the next test already under way.
        Arm();
        if (changed is not null) Tell(record, changed);
    }

    /// <summary>The message as part of a longer sentence; it need not name the model twice.</summary>
    private static string Phrase(string model, string message)
    {
        var text = message.TrimEnd('.');
        return text.Contains(model, StringComparison.Ordinal) ? text : $"{model}: {text}";
    }

    /// <summary>Under the device's lock: puts the change in line.</summary>
    private DeviceHealth Changed(DeviceRecord record, in Moment moment)
    {
        record.Since = moment.Utc;
        var health = Describe(record, moment);
        _feed.Publish(health);
        return health;
    }

    private DeviceHealth Describe(DeviceRecord record, in Moment moment)
    {
        var machine = record.Machine;
        DateTimeOffset? probe = machine.State == DeviceHealthState.Failed && machine.Due is { } due ? moment.Utc + (due - moment.Now) : null;
        return new DeviceHealth(record.Device.Id, machine.State, machine.Reason, record.Since, probe, machine.Faults, machine.Hangs)
        {
            LastSuccess = record.LastSuccess is 0 ? null : moment.Utc - _time.GetElapsedTime(record.LastSuccess, moment.Timestamp),
            Hanging = machine.Hanging,
        };
    }

    private DeviceRecord? Find(string device) => Records()?.GetValueOrDefault(device);

    private FrozenDictionary<string, DeviceRecord>? Records() => _records ?? (_directory.Known is { } devices ? MakeRecords(devices) : null);

    private FrozenDictionary<string, DeviceRecord> MakeRecords(IReadOnlyList<DeviceDescription> devices)
    {
        var since = _time.GetUtcNow();
        lock (_gate)
        {
            if (_records is { } records) return records;
            _order = [.. devices.Select(device => new DeviceRecord(device, CreateMachine(device), since) { IsReady = !IsTestedFirst(device) })];
            return _records = _order.ToFrozenDictionary(static record => record.Device.Id, StringComparer.Ordinal);
        }
    }

    private bool IsTestedFirst(DeviceDescription device) => _options.Devices.TestBeforeFirstUse && device.Kind != DeviceKind.Cpu;

    private DeviceStateMachine CreateMachine(DeviceDescription device)
    {
        var concurrency = _options.Scheduling.Concurrency.TryGetValue(device.Id, out var configured) ? configured : device.Concurrency;
        return new DeviceStateMachine(_options.Devices, device.Kind == DeviceKind.Cpu, concurrency);
    }

    /// <summary>One reading of the clock.</summary>
    /// <param name="Timestamp">For spans since another timestamp.</param>
    /// <param name="Now">On a clock that no one sets, so that a corrected wall clock brings no device back early or late.</param>
    /// <param name="Utc">For people.</param>
    private readonly record struct Moment(long Timestamp, TimeSpan Now, DateTimeOffset Utc);
}
