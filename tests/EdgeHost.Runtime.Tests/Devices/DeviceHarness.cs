using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Runtime.Tests.Devices;

/// <summary>Directory, health and placement over a simulated engine with a processor, two NPUs and a GPU, on a clock of the test's.</summary>
internal sealed class DeviceHarness : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<DeviceHealth> _changes = [];
    private readonly List<(Func<DeviceHealth, bool> Condition, TaskCompletionSource<DeviceHealth> Seen)> _waits = [];

    public DeviceHarness(Action<EdgeHostRuntimeOptions>? configure = null, params DeviceDescription[] devices)
    {
        Engine = new SimulatedEngine(devices.Length > 0 ? devices : [Device("cpu"), Device("npu0"), Device("npu1"), Device("gpu0")]);
        var options = new EdgeHostRuntimeOptions();
        options.Devices.TestBeforeFirstUse = false;
        configure?.Invoke(options);
        Options = Microsoft.Extensions.Options.Options.Create(options);
        Decisions = new DecisionLog(Time, Options);
        Directory = new DeviceDirectory(Engine, Options);
        SelfTests = new DeviceSelfTests(Engine, Time, Options, new Logger<DeviceSelfTests>(Log));
        Health = new DeviceHealthRegistry(Directory, SelfTests, Options, Time, Decisions, new Logger<DeviceHealthRegistry>(Log));
        Placement = new DevicePlacement(Directory, Health, Conditions, Options, Time, Decisions);
        _ = Directory.Devices;
        _ = Health.OnChange(Seen);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordingLoggerFactory Log { get; } = new();

    public SimulatedEngine Engine { get; }

    public IOptions<EdgeHostRuntimeOptions> Options { get; }

    public DecisionLog Decisions { get; }

    public DeviceDirectory Directory { get; }

    public DeviceSelfTests SelfTests { get; }

    public DeviceHealthRegistry Health { get; }

    public DevicePlacement Placement { get; }

    public SetConditions Conditions { get; } = new();

    public IReadOnlyList<DeviceHealth> Changes
    {
        get
        {
            lock (_gate)
            {
                return [.. _changes];
            }
        }
    }

    public static DeviceDescription Device(string id, int concurrency = 1) => new()
    {
        Id = id,
        Kind = Enum.Parse<DeviceKind>(id.TrimEnd('0', '1', '2', '3'), ignoreCase: true),
        Name = id,
        Provider = "Simulated",
        Concurrency = concurrency,
    };

    /// <summary>Does something and waits for the change that it leads to.</summary>
    public async Task<DeviceHealth> SeeAsync(string device, DeviceHealthState state, Action act)
    {
        var seen = new TaskCompletionSource<DeviceHealth>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waits.Add((health => health.Device == device && health.State == state, seen));
        }

        act();
        return await seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Fault(string device, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Health.Faulted(device, "m@1.0", "the driver was lost");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Placement.Dispose();
        Health.Dispose();
        await SelfTests.DisposeAsync();
    }

    private void Seen(DeviceHealth health)
    {
        lock (_gate)
        {
            _changes.Add(health);
            foreach (var wait in _waits.Where(wait => wait.Condition(health)).ToArray())
            {
                wait.Seen.TrySetResult(health);
                _waits.Remove(wait);
            }
        }
    }

    internal sealed class SetConditions : IMachineConditions
    {
        public MachineConditions Current { get; set; } = MachineConditions.Good;

        public IDisposable OnChange(Action<MachineConditions> handler) => new MemoryStream();
    }
}
