using System.Buffers;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Tests.Dispatch;

public sealed class AbandonedCallTests
{
    [Fact]
    public async Task Abandoned_CallThatIgnoresItsCancellation_LosesItsLeases()
    {
        await using var runtime = new RuntimeFixture();
        runtime.Source.Add("m");
        using var abandoned = new CancellationTokenSource();
        var isInside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var capability = new TestCapability(async (context, _, _) =>
        {
            var lease = await context.Models.LeaseAsync("m", CancellationToken.None);
            isInside.SetResult();
            await release.Task;
            Assert.Throws<ObjectDisposedException>(() => lease.Model);
        })
        {
            Abandoned = abandoned.Token,
        };
        runtime.Catalog.Replace("tests", [capability.Route("vision.detect_faces")]);
        var call = runtime.Dispatcher.InvokeAsync(
            new CapabilityInvocation { Method = "vision.detect_faces", App = new AppIdentity("app", -1, -1), Body = ReadOnlyMemory<byte>.Empty },
            new ArrayBufferWriter<byte>(),
            CancellationToken.None).AsTask();
        await isInside.Task;
        var held = Assert.Single(runtime.Pool.Snapshot().OldestLeases);
        Assert.Equal(("tests", "app", "m@1.0", "cpu"), (held.Plugin, held.App, held.Model, held.Device));

        await abandoned.CancelAsync();

        Assert.Equal(0, runtime.Pool.Snapshot().Leases);
        Assert.Empty(runtime.Pool.Snapshot().OldestLeases);
        Assert.Contains(
            runtime.Log.Lines,
            line => line.Level == LogLevel.Warning && line.Text.Contains("of tests did not dispose its lease of m@1.0", StringComparison.Ordinal));
        release.SetResult();
        await call;
        Assert.Equal(1, capability.ReclaimedLeases);
        Assert.Empty(runtime.Engine.Faults);
    }
}
