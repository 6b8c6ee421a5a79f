using System.Buffers;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Dispatch;

public sealed class CapabilityDispatcherSoakTests
{
    [Fact]
    public async Task InvokeAsync_LeaksCancellationsDeadlinesAndRouteChanges_LeaveNothingBehind()
    {
        await using var runtime = new RuntimeFixture(configure: options => options.Pool.BudgetBytes = 25 << 20, time: TimeProvider.System);
        for (var i = 0; i < 4; i++)
        {
            runtime.Source.Add($"m{i}", 8 << 20, estimatedMemoryBytes: 8 << 20);
            runtime.Engine.Describe($"m{i}", new SimulatedModel { OnRun = static (_, _) => [] });
        }

        var capability = new TestCapability(async (context, _, token) =>
        {
            var choice = context.Body.Span[0];
            var lease = await context.Models.LeaseAsync($"m{choice % 4}", token);
            (await lease.RunAsync(RuntimeFixture.Step(), token)).Dispose();
            if (choice % 3 > 0) lease.Dispose();
            if (choice % 7 == 0) throw new InvalidOperationException("now and then");
        });
        runtime.Catalog.Replace("tests", [capability.Route("soak.call")]);
        var unexpected = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 400; i++)
            {
                using var cancellation = new CancellationTokenSource();
                if (random.Next(4) == 0) cancellation.CancelAfter(random.Next(2));
                if (random.Next(20) == 0) runtime.Catalog.Replace($"other{seed}", [capability.Route($"other.of_{seed}", $"other{seed}")]);
                try
                {
                    var call = new CapabilityInvocation
                    {
                        Method = "soak.call",
                        Body = new[] { (byte)random.Next(256) },
                        App = AppIdentity.Host,
                        Deadline = random.Next(4) == 0 ? TimeProvider.System.GetUtcNow().AddMilliseconds(random.Next(3)) : null,
                    };
                    await runtime.Dispatcher.InvokeAsync(call, new ArrayBufferWriter<byte>(), cancellation.Token);
                }
                catch (EdgeHostException e)
                {
                    var isExpected = e.Code is ErrorCode.Cancelled or ErrorCode.DeadlineExceeded or ErrorCode.Internal or ErrorCode.ResourceExhausted;
                    if (!isExpected) Interlocked.Increment(ref unexpected);
                }
            }
        })));

        Assert.Equal(0, unexpected);
        Assert.Equal(0, capability.Inside);
        Assert.Equal(0, runtime.Pool.Snapshot().Leases);
        for (var i = 0; i < 4; i++)
        {
            await runtime.Pool.EvictAsync($"m{i}", "the end", CancellationToken.None);
        }

        await runtime.Pool.WhenUnloadedAsync();
        Assert.Equal((0L, 0L), (runtime.Pool.Snapshot().UsedBytes, runtime.Pool.Snapshot().LeavingBytes));
        Assert.Empty(runtime.Engine.Faults);
        Assert.DoesNotContain(runtime.Log.Lines, line => line.Exception is NullReferenceException);
    }
}
