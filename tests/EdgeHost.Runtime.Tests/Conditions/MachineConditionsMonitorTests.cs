using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Runtime.Tests.Conditions;

public sealed class MachineConditionsMonitorTests : IDisposable
{
    private static readonly MachineReading Low = new() { IsOnBattery = true, BatteryPercent = 10 };

    private readonly FakeTimeProvider _time = new();
    private readonly SetSensors _sensors = new();
    private readonly RecordingLoggerFactory _log = new();
    private readonly DecisionLog _decisions;
    private readonly MachineConditionsMonitor _monitor;

    public MachineConditionsMonitorTests()
    {
        var options = Microsoft.Extensions.Options.Options.Create(new EdgeHostRuntimeOptions());
        _decisions = new DecisionLog(_time, options);
        _monitor = new MachineConditionsMonitor(_sensors, options, _time, _decisions, new Logger<MachineConditionsMonitor>(_log));
    }

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public void Construction_NobodyAsks_NeverLooks()
    {
        Wait(60);

        Assert.Equal(0, _sensors.Reads);
    }

    [Fact]
    public void Current_FirstRead_StartsTheLooks()
    {
        _sensors.Reading = Low;

        Assert.Equal(MachineConditions.Good, _monitor.Current);
        Wait(0.001);

        Assert.Equal(CallPriority.Normal, _monitor.Current.MinimumPriority);
    }

    [Fact]
    public void Apply_AnotherLimit_HoldsFromTheNextLookOn()
    {
        _sensors.Reading = Low;
        using var subscription = _monitor.OnChange(static _ => { });
        Wait(0.001);
        Assert.Equal(CallPriority.Normal, _monitor.Current.MinimumPriority);

        _monitor.Apply(new ConditionOptions { BatteryLowPercent = 5, BatteryResumePercent = 8, TrainingRestsOnBattery = false });
        Wait(10);

        Assert.Equal(MachineConditions.Good with { IsOnBattery = true, BatteryPercent = 10 }, _monitor.Current);
    }

    [Fact]
    public void Looks_WhileTheHostWorks_ComeAtTheIntervalAndLaterWhenIdle()
    {
        using var subscription = _monitor.OnChange(static _ => { });
        Wait(0.001);
        Assert.Equal(1, _sensors.Reads);

        Wait(9.9);
        Assert.Equal(1, _sensors.Reads);
        Wait(0.1);
        Assert.Equal(2, _sensors.Reads);

        // A read brings the next look near.
        _ = _monitor.Current;
        Wait(2);
        Assert.Equal(3, _sensors.Reads);
        _ = _monitor.Current;
        Wait(2);
        Assert.Equal(4, _sensors.Reads);
    }

    [Fact]
    public void Looks_WhileSomethingRests_ComeAtTheIntervalThoughNobodyReads()
    {
        using var subscription = _monitor.OnChange(static _ => { });
        _sensors.Reading = Low;
        Wait(0.001);
        _sensors.Reading = new MachineReading();
        Wait(2);

        Assert.Equal(MachineConditions.Good, _monitor.Current);
    }

    [Fact]
    public void OnChange_Changes_AreToldOnceAndMemoryPressureAtEveryLook()
    {
        var seen = new List<MachineConditions>();
        using (_monitor.OnChange(seen.Add))
        {
            Wait(0.001);
            Assert.Empty(seen);
            _sensors.Reading = Low;
            Wait(10);
            Wait(2);
            Assert.Equal(CallPriority.Normal, Assert.Single(seen).MinimumPriority);

            _sensors.Reading = Low with { Memory = new MemoryReading { SomePercent = 20 } };
            Wait(2);
            Wait(2);
            Assert.Equal(3, seen.Count);
            Assert.Same(seen[2], _monitor.Current);
        }

        Wait(2);
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public void Decisions_StateChanges_AreToldOnceEach()
    {
        using var subscription = _monitor.OnChange(static _ => { });
        Wait(0.001);
        foreach (var percent in (int[])[12, 11, 10, 9])
        {
            _sensors.Reading = Low with { BatteryPercent = percent };
            Wait(10);
        }

        _sensors.Reading = new MachineReading();
        Wait(10);

        Assert.Equal(
            [
                "all classes of work go on, memory is enough",
                "the battery is at 12 %, background work and training rest until it is at 30 % or on mains",
            ],
            _decisions.Find("machine", DecisionKind.Conditions, 10).Select(decision => decision.Text));
        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.Lines.Select(line => line.Level));
    }

    [Fact]
    public void Dispose_Armed_LooksNoMore()
    {
        _ = _monitor.Current;
        _monitor.Dispose();

        Wait(60);

        Assert.Equal(0, _sensors.Reads);
    }

    [Fact]
    public async Task Current_FromManyThreads_IsAlwaysOneOfTheLooks()
    {
        var stop = 0;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (Volatile.Read(ref stop) == 0)
            {
                var conditions = _monitor.Current;
                Assert.True(conditions == MachineConditions.Good || conditions.BatteryPercent == 10);
            }
        })).ToArray();
        for (var i = 0; i < 2_000; i++)
        {
            _sensors.Reading = i % 2 == 0 ? Low : new MachineReading();
            Wait(2);
        }

        Volatile.Write(ref stop, 1);
        await Task.WhenAll(readers);
        Assert.Equal(0, _sensors.Overlaps);
    }

    private void Wait(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private sealed class SetSensors : IMachineSensors
    {
        private volatile MachineReading _reading = new();
        private int _inside;

        public MachineReading Reading
        {
            set => _reading = value;
        }

        public int Reads { get; private set; }

        public int Overlaps { get; private set; }

        public MachineReading Read()
        {
            if (Interlocked.Increment(ref _inside) != 1) Overlaps++;
            Reads++;
            var reading = _reading;
            Interlocked.Decrement(ref _inside);
            return reading;
        }
    }
}
