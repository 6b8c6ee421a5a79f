using System.Diagnostics.Metrics;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Hosting;

namespace EdgeHost.Runtime.Tests.Telemetry;

public sealed class RuntimeGaugesTests
{
    [Fact]
    public async Task Collect_AfterOneStep_ReadsDevicesPoolAndConditions()
    {
        await using var runtime = new RuntimeFixture();
        var meter = runtime.Get<EdgeHostMeter>();
        Assert.Single(runtime.Get<IEnumerable<IHostedService>>().OfType<RuntimeGauges>());
        runtime.Source.Add("m");
        using (var lease = await runtime.LeaseAsync("m"))
        {
            (await lease.RunAsync(RuntimeFixture.Step(1), CancellationToken.None)).Dispose();
        }

        var read = Collect(meter);

        Assert.Equal(100 << 20, read["edgehost.pool.budget"]);
        Assert.Equal(0, read["edgehost.pool.leases"]);
        Assert.Equal(1, read["edgehost.device.steps device=cpu outcome=completed"]);
        Assert.Equal(0, read["edgehost.device.queued device=cpu priority=Interactive"]);
        Assert.Equal(0, read["edgehost.device.health device=cpu"]);
        Assert.Equal(0, read["edgehost.conditions.minimum_priority"]);
        Assert.True(read["edgehost.model.bytes model=m@1.0 device=cpu state=Resident"] > 0);
        Assert.DoesNotContain("edgehost.conditions.battery", read.Keys);
    }

    [Fact]
    public async Task Collect_Twice_SeesWhatChangedOnceTheSnapshotIsOld()
    {
        await using var runtime = new RuntimeFixture();
        var meter = runtime.Get<EdgeHostMeter>();
        Assert.Single(runtime.Get<IEnumerable<IHostedService>>().OfType<RuntimeGauges>());
        runtime.Source.Add("m");

        Assert.Equal(0, Collect(meter)["edgehost.pool.leases"]);
        using var lease = await runtime.LeaseAsync("m");
        Assert.Equal(0, Collect(meter)["edgehost.pool.leases"]);
        runtime.Time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(1, Collect(meter)["edgehost.pool.leases"]);
    }

    private static Dictionary<string, double> Collect(EdgeHostMeter meter)
    {
        var read = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (meter.Owns(instrument) && instrument.IsObservable) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return read;

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name;
            foreach (var (key, tag) in tags) name += $" {key}={tag}";
            read[name] = value;
        }
    }
}
