using EdgeHost.Runtime.Onnx.Memory;
using EdgeHost.Runtime.Onnx.Values;
using EdgeHost.TestKit;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeHost.Runtime.Onnx.Tests;

public sealed class OrtModelValueTests : IDisposable
{
    private readonly OnnxFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Dispose_WhileARunHoldsIt_FreesWithTheLastHold()
    {
        _ = _fixture.Cpu;
        var meter = new NativeMemoryMeter();
        var raw = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [2, 2]);
        var value = new OrtModelValue(raw, ElementType.Float32, new TensorShape(2, 2), meter);
        value.AsSpan<float>().Fill(7);
        Assert.Same(raw, value.Hold());
        Assert.Same(raw, value.Hold());

        value.Dispose();
        value.Dispose();

        Assert.Throws<ObjectDisposedException>(() => value.AsSpan<float>());
        Assert.Throws<ObjectDisposedException>(() => value.Hold());
        value.Release();
        Assert.Equal(7f, raw.GetTensorDataAsSpan<float>()[3]);
        Assert.Equal(16, meter.ValueBytes);
        value.Release();
        Assert.Equal(0, meter.ValueBytes);
    }

    [Fact]
    public async Task HoldAndDispose_ManyThreads_EndFreedOnce()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1));
        for (var round = 0; round < 300; round++)
        {
            var value = (OrtModelValue)OnnxFixture.Value(session, [1, 1], 3f);
            Parallel.For(0, 4, index =>
            {
                if (index == 2)
                {
                    value.Dispose();
                    return;
                }

                for (var i = 0; i < 20; i++)
                {
                    try
                    {
                        Assert.Equal(3f, value.Hold().GetTensorDataAsSpan<float>()[0]);
                        value.Release();
                    }
                    catch (ObjectDisposedException)
                    {
                        return;
                    }
                }
            });

            Assert.Throws<ObjectDisposedException>(() => value.Hold());
        }
    }

    [Fact]
    public async Task Run_InputsOfOtherThreadsDisposedMeanwhile_ReadsThemToTheEnd()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Loop(16, iterations: 200));
        for (var round = 0; round < 50; round++)
        {
            var x = session.CreateValue(ElementType.Float32, new TensorShape(16, 16));
            x.AsSpan<float>().Fill(round);
            var run = Task.Run(() => session.Run(OnnxFixture.Step("x", x), CancellationToken.None));
            await Task.Yield();
            x.Dispose();

            // What takes the freed memory next would be read instead.
            using var next = session.CreateValue(ElementType.Float32, new TensorShape(16, 16));
            next.AsSpan<float>().Fill(-1);
            try
            {
                using var y = (await run)[0];
                Assert.All(y.AsSpan<float>().ToArray(), element => Assert.Equal(round, element));
            }
            catch (ObjectDisposedException)
            {
                // Disposed before the run began.
            }
        }
    }
}
