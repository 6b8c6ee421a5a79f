using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Telemetry;
using EdgeHost.Runtime.Tests.Dispatch;

namespace EdgeHost.Runtime.Tests.Telemetry;

public sealed class EdgeHostMeterTests
{
    [Fact]
    public async Task Calls_OneGoodOneBadOneUnknown_AreCountedAndTheBytesReturnToZero()
    {
        await using var runtime = new RuntimeFixture();
        var meter = runtime.Get<EdgeHostMeter>();
        var sums = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (meter.Owns(instrument)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
        listener.Start();
        runtime.Source.Add("m");
        var fails = false;
        var capability = new TestCapability(async (context, _, token) =>
        {
            if (fails) throw new EdgeHostException(ErrorCode.InvalidArgument, "no");
            using var lease = await context.Models.LeaseAsync("m", token);
            (await lease.RunAsync(RuntimeFixture.Step(1), token)).Dispose();
        });
        runtime.Catalog.Replace("tests", [capability.Route("a.b")]);

        await InvokeAsync(runtime, "a.b");
        fails = true;
        await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync(runtime, "a.b"));
        await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync(runtime, "zzzzzzzzzzz.made_up"));
        await runtime.Pool.EvictAsync("m", "test", CancellationToken.None);

        Assert.Equal(2, sums["edgehost.calls a.b"]);
        Assert.Equal(1, sums["edgehost.calls unknown"]);
        Assert.Equal(1, sums["edgehost.call.errors a.b"]);
        Assert.Equal(1, sums["edgehost.model.loads m@1.0"]);
        Assert.Equal(1, sums["edgehost.model.evictions m@1.0"]);
        Assert.Equal(1, sums["edgehost.step.run_time cpu"]);
        Assert.Equal(0, sums["edgehost.pool.bytes "]);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
            => sums.AddOrUpdate($"{instrument.Name} {(tags.IsEmpty ? string.Empty : tags[0].Value)}", value, (_, sum) => sum + value);
    }

    [Fact]
    public async Task Span_ACallWithATraceParent_IsItsChildAndTellsTheError()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EdgeHostMeter.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var runtime = new RuntimeFixture();
        var capability = new TestCapability((_, _, _) => throw new EdgeHostException(ErrorCode.NotFound, "no"));
        runtime.Catalog.Replace("tests", [capability.Route("spans.only_here")]);

        await Assert.ThrowsAsync<EdgeHostException>(
            () => InvokeAsync(runtime, "spans.only_here", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync(runtime, "spans.only_here", "not a traceparent"));

        var ours = spans.Where(span => span.OperationName == "spans.only_here").ToArray();
        Assert.Equal(2, ours.Length);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", ours[0].TraceId.ToHexString());
        Assert.Equal((ActivityStatusCode.Error, "not_found"), (ours[0].Status, ours[0].StatusDescription));
    }

    private static async Task InvokeAsync(RuntimeFixture runtime, string method, string? traceParent = null)
        => await runtime.Dispatcher.InvokeAsync(
            new CapabilityInvocation { Method = method, Body = ReadOnlyMemory<byte>.Empty, App = AppIdentity.Host, TraceParent = traceParent },
            new System.Buffers.ArrayBufferWriter<byte>(),
            CancellationToken.None);
}
