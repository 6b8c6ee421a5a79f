using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Onnx.Sessions;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Onnx.Tests;

public sealed class OnnxProbeTests : IDisposable
{
    private readonly OnnxFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task CreateProbe_NothingRanAndAShapeIsOpen_IsNull()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1, 2));

        Assert.Null(session.CreateProbe());
        session.ReleaseWorkingMemory();
    }

    [Fact]
    public async Task CreateProbe_AllShapesFixed_IsThose()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Loop(4, 1));

        var probe = session.CreateProbe();

        Assert.NotNull(probe);
        Assert.Equal(new TensorShape(4, 4), probe.Inputs[0].Value.Shape);
        RunProbe(session, probe);
    }

    [Fact]
    public async Task CreateProbe_AfterRuns_IsTheSmallestInZeros()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1, 2));
        foreach (var rows in new[] { 5, 2, 9, 0 })
        {
            using var x = OnnxFixture.Ramp(session, rows, 2);
            session.Run(OnnxFixture.Step("x", x), CancellationToken.None)[0].Dispose();
        }

        var probe = session.CreateProbe();

        Assert.NotNull(probe);
        Assert.Equal(new TensorShape(2, 2), probe.Inputs[0].Value.Shape);
        Assert.All(probe.Inputs[0].Value.AsSpan<float>().ToArray(), element => Assert.Equal(0, element));
        RunProbe(session, probe);
    }

    [Fact]
    public async Task CreateProbe_ARunFailed_DoesNotUseItsShapes()
    {
        var graph = new OnnxGraph()
            .Input("x", ElementType.Float32, -1)
            .Input("y", ElementType.Float32, -1)
            .Output("z", ElementType.Float32, -1)
            .Node("Add", "x y", "z");
        using var session = await _fixture.LoadAsync(graph);
        using var two = OnnxFixture.Ramp(session, 2);
        using var three = OnnxFixture.Ramp(session, 3);

        Assert.Throws<EdgeHostException>(
            () => session.Run(new ModelStep { Inputs = [new("x", two), new("y", three)] }, CancellationToken.None));

        Assert.Null(session.CreateProbe());
    }

    [Fact]
    public void SeenShapes_RepeatedShapes_AllocateNothing()
    {
        var seen = new SeenShapes([new TensorDescription("x", ElementType.Float32, new TensorShape(-1, 2))]);
        ModelValue[] inputs = [SimulatedValue.Of(new TensorShape(1, 2), 1f, 2f)];
        seen.Add(inputs);
        seen.Add(inputs);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            seen.Add(inputs);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void SeenShapes_ManyThreads_EndWithTheSmallest()
    {
        for (var round = 0; round < 50; round++)
        {
            var seen = new SeenShapes([new TensorDescription("x", ElementType.Float32, new TensorShape(-1))]);
            Parallel.For(1, 40, rows => seen.Add([SimulatedValue.Of(new TensorShape(rows), new float[rows])]));

            Assert.Equal(new TensorShape(1), Assert.Single(seen.Smallest!));
        }
    }

    private static void RunProbe(IEngineSession session, ModelStep probe)
    {
        foreach (var output in session.Run(probe, CancellationToken.None))
        {
            output.Dispose();
        }

        foreach (var input in probe.Inputs)
        {
            input.Value.Dispose();
        }
    }
}
