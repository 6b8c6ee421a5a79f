using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Onnx.Tests;

public sealed class OnnxSessionSoakTests : IDisposable
{
    private readonly OnnxFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Run_CancelledAtRandomMoments_NeverStopsARunOfAnotherCaller()
    {
        // Long enough that many cancellations hit a run; the options of a run are reused by the next one, and must not carry its end over.
        using var session = await _fixture.LoadAsync(OnnxGraph.Loop(8, iterations: 200));
        var cancelled = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 250; i++)
            {
                using var x = session.CreateValue(ElementType.Float32, new TensorShape(8, 8));
                x.AsSpan<float>().Fill(seed);
                using var cancellation = new CancellationTokenSource();
                var run = Task.Run(() => session.Run(OnnxFixture.Step("x", x), cancellation.Token));
                var isCancelling = random.Next(2) == 0;
                if (isCancelling)
                {
                    Thread.SpinWait(random.Next(4_000));
                    await cancellation.CancelAsync();
                }

                try
                {
                    using var y = (await run)[0];
                    Assert.Equal(x.AsSpan<float>().ToArray(), y.AsSpan<float>().ToArray());
                }
                catch (OperationCanceledException) when (isCancelling)
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
        })));

        Assert.InRange(cancelled, 1, 1_000);
    }

    [Fact]
    public async Task ValueDispose_ManyThreadsAtOnce_FreesOnce()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1));
        for (var i = 0; i < 500; i++)
        {
            var value = session.CreateValue(ElementType.Float32, new TensorShape(1, 1));
            Parallel.For(0, 4, _ => value.Dispose());
            Assert.Throws<ObjectDisposedException>(() => value.AsSpan<float>());
        }
    }

    [Fact]
    public async Task SessionDispose_ManyThreadsAtOnce_CountsOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            var session = await _fixture.LoadAsync(OnnxGraph.Add(1));
            Parallel.For(0, 4, _ => session.Dispose());
            Assert.Empty(_fixture.Engine.SessionsByProvider);
        }
    }
}
