using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Telemetry;
using EdgeHost.Runtime.Tests.Dispatch;

namespace EdgeHost.Runtime.Tests.Telemetry;

public sealed class CallSpansTests
{
    [Fact]
    public async Task Spans_OfATracedCall_HaveItsLoadQueueAndRunAsChildren()
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
        runtime.Source.Add("m");
        var capability = new TestCapability(async (context, _, token) =>
        {
            using var lease = await context.Models.LeaseAsync("m", token);
            runtime.Time.Advance(TimeSpan.FromMilliseconds(5));
            (await lease.RunAsync(RuntimeFixture.Step(1), token)).Dispose();
        });
        runtime.Catalog.Replace("tests", [capability.Route("spans.children")]);

        await runtime.Dispatcher.InvokeAsync(
            new CapabilityInvocation { Method = "spans.children", Body = ReadOnlyMemory<byte>.Empty, App = AppIdentity.Host },
            new System.Buffers.ArrayBufferWriter<byte>(),
            CancellationToken.None);

        var call = Assert.Single(spans, span => span.OperationName == "spans.children");
        var children = spans.Where(span => span.ParentSpanId == call.SpanId && span.TraceId == call.TraceId).ToList();
        var run = Assert.Single(children, span => span.OperationName == "edgehost.run");
        var queue = Assert.Single(children, span => span.OperationName == "edgehost.queue");
        Assert.Equal("cpu", run.GetTagItem("edgehost.device"));
        Assert.Equal(1, run.GetTagItem("edgehost.batch"));
        // A span of no time is made one tick long by the library.
        Assert.InRange((run.StartTimeUtc - queue.StartTimeUtc).Ticks, queue.Duration.Ticks - 1, queue.Duration.Ticks);
        Assert.Equal("m@1.0", call.GetTagItem("edgehost.models"));
    }

    [Fact]
    public async Task Spans_OfACallNobodyTraces_AreNotMade()
    {
        await using var runtime = new RuntimeFixture();

        Assert.Null(RuntimeFixture.Scope().Spans);
    }
}
