using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Onnx.Memory;
using EdgeHost.Runtime.Onnx.Sessions;
using EdgeHost.TestKit;
using ProcessMemory = EdgeHost.TestKit.ProcessMemory;

namespace EdgeHost.Runtime.Onnx.Tests;

public sealed class OnnxMemoryTests : IDisposable
{
    private const int Size = 3000;
    private const long WeightBytes = (long)Size * Size * sizeof(float);

    private readonly OnnxFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task MeasureMemory_AfterLoad_IsNearTheTrueGrowth()
    {
        (await _fixture.LoadAsync(OnnxGraph.MatMul(8, 1), "warm")).Dispose();
        var artifact = _fixture.Save("large", OnnxGraph.MatMul(Size, 1).ToModel());
        CollectGarbage();
        var before = ProcessMemory.AnonymousBytes(Environment.ProcessId);

        using var session = await _fixture.Engine.LoadAsync(artifact, _fixture.Cpu, CancellationToken.None);

        var growth = ProcessMemory.AnonymousBytes(Environment.ProcessId) - before;
        var measured = session.MeasureMemory();
        Assert.InRange(measured.TotalBytes, growth - (WeightBytes / 4), growth + (WeightBytes / 4));
        Assert.InRange(measured.PrivateBytes, WeightBytes, WeightBytes * 5 / 4);
        Assert.Equal((0, 1 << 20), (measured.MappedBytes, measured.WorkingBytes));
    }

    [Fact]
    public async Task Meter_SessionsAndValuesGrowMeanwhile_DoesNotCountThem()
    {
        using var session = (OnnxSession)await _fixture.LoadAsync(OnnxGraph.MatMul(256, 1));
        using var large = OnnxFixture.Ramp(session, 40_000, 256);
        CollectGarbage();
        var before = _fixture.Engine.Meter.Read();

        Run(session, large);
        using var value = session.CreateValue(ElementType.Float32, new TensorShape(16 << 20));

        Assert.InRange(session.MeasureMemory().WorkingBytes, 40 << 20, long.MaxValue);

        // More than 100 MB came. What an earlier test's load frees late is a few.
        Assert.InRange(_fixture.Engine.Meter.Read() - before, -(16 << 20), 16 << 20);
    }

    [Fact]
    public void Meter_ManyThreads_EndsWhereItBegan()
    {
        var meter = new NativeMemoryMeter();

        Parallel.For(0, 1_000, i =>
        {
            meter.AddValue(i);
            _ = meter.Read();
            meter.AddValue(-i);
        });

        Assert.Equal(0, meter.ValueBytes);
    }

    [Fact]
    public async Task ReleaseWorkingMemory_AfterALargeRun_GivesTheArenaBack()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.MatMul(256, 1));
        using (var small = OnnxFixture.Ramp(session, 1, 256)) Run(session, small);
        using (var large = OnnxFixture.Ramp(session, 40_000, 256)) Run(session, large);
        var grown = session.MeasureMemory();
        Assert.InRange(grown.WorkingBytes, 40_000 * 256 * 4L, long.MaxValue);

        session.ReleaseWorkingMemory();

        var released = session.MeasureMemory();
        Assert.InRange(released.WorkingBytes, 0, 3 << 20);
        Assert.Equal(grown.PrivateBytes, released.PrivateBytes);
        using var again = OnnxFixture.Ramp(session, 1, 256);
        Run(session, again);
    }

    [Fact]
    public async Task ReleaseWorkingMemory_OneLargeRegionIsAllThereIs_GivesThatBackToo()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.MatMul(256, 1));
        using (var large = OnnxFixture.Ramp(session, 40_000, 256)) Run(session, large);
        Assert.InRange(session.MeasureMemory().WorkingBytes, 40_000 * 256 * 4L, long.MaxValue);

        session.ReleaseWorkingMemory();

        Assert.InRange(session.MeasureMemory().WorkingBytes, 0, 3 << 20);
    }

    [Fact]
    public async Task ReleaseWorkingMemory_ProbeThatTheGraphRefuses_GivesBackWithTheNextRun()
    {
        // Zeros as a shape are not what a reshape of three elements can do.
        var graph = new OnnxGraph()
            .Input("x", ElementType.Float32, -1)
            .Input("shape", ElementType.Int64, -1)
            .Output("y", ElementType.Float32, -1, -1)
            .Node("Add", "x x", "sum")
            .Node("Reshape", "sum shape", "y");
        using var session = await _fixture.LoadAsync(graph);
        using var x = OnnxFixture.Ramp(session, 5_000_000);
        using var shape = OnnxFixture.Value(session, [2], 5_000L, 1_000L);
        using var one = OnnxFixture.Ramp(session, 1);
        using var shapeOfOne = OnnxFixture.Value(session, [2], 1L, 1L);
        Dispose(session.Run(new ModelStep { Inputs = [new("x", one), new("shape", shapeOfOne)] }, CancellationToken.None));
        Dispose(session.Run(new ModelStep { Inputs = [new("x", x), new("shape", shape)] }, CancellationToken.None));
        Assert.InRange(session.MeasureMemory().WorkingBytes, 10 << 20, long.MaxValue);

        session.ReleaseWorkingMemory();
        Dispose(session.Run(new ModelStep { Inputs = [new("x", one), new("shape", shapeOfOne)] }, CancellationToken.None));

        Assert.InRange(session.MeasureMemory().WorkingBytes, 0, 3 << 20);
    }

    [Fact]
    public async Task MeasureMemory_BesideRunsAndDisposal_NeverFails()
    {
        for (var round = 0; round < 10; round++)
        {
            var session = await _fixture.LoadAsync(OnnxGraph.MatMul(64, 1));
            using var stop = new CancellationTokenSource();
            var measuring = Task.Run(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    Assert.True(session.MeasureMemory().TotalBytes > 0);
                }
            });
            using (var x = OnnxFixture.Ramp(session, 8, 64))
            {
                for (var i = 0; i < 50; i++)
                {
                    Run(session, x);
                }
            }

            session.Dispose();
            await stop.CancelAsync();
            await measuring;
            Assert.True(session.MeasureMemory().TotalBytes > 0);
        }
    }

    [Fact]
    public async Task LoadAndUnload_TwoHundredTimes_DoesNotGrow()
    {
        var artifact = _fixture.Save("cycled", OnnxGraph.MatMul(512, 1).ToModel());
        await CycleAsync(20);
        CollectGarbage();
        var before = ProcessMemory.AnonymousBytes(Environment.ProcessId);

        await CycleAsync(200);

        CollectGarbage();
        var growth = ProcessMemory.AnonymousBytes(Environment.ProcessId) - before;
        Assert.InRange(growth, long.MinValue, 16 << 20);
        Assert.Empty(_fixture.Engine.SessionsByProvider);

        async Task CycleAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var session = await _fixture.Engine.LoadAsync(artifact, _fixture.Cpu, CancellationToken.None);
                using var x = OnnxFixture.Ramp(session, 4, 512);
                Run(session, x);
            }
        }
    }

    /// <summary>Earlier garbage of this process must not go back to the system in the middle of a measurement.</summary>
    private static void CollectGarbage() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static void Run(IEngineSession session, ModelValue x) => Dispose(session.Run(OnnxFixture.Step("x", x), CancellationToken.None));

    private static void Dispose(IReadOnlyList<ModelValue> values)
    {
        foreach (var value in values)
        {
            value.Dispose();
        }
    }
}
