using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Onnx.Tests;

public sealed class OnnxSessionTests : IDisposable
{
    private readonly OnnxFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Run_Add_GivesTheSum()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(10, 20));
        using var x = OnnxFixture.Value(session, [2, 2], 1f, 2f, 3f, 4f);

        var outputs = session.Run(OnnxFixture.Step("x", x), CancellationToken.None);

        using var y = Assert.Single(outputs);
        Assert.Equal(ElementType.Float32, y.ElementType);
        Assert.Equal(new TensorShape(2, 2), y.Shape);
        Assert.Equal([11f, 22f, 13f, 24f], y.AsSpan<float>().ToArray());
    }

    [Fact]
    public async Task InputsAndOutputs_AreThoseOfTheGraph()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1, 2, 3));

        Assert.Equal(new TensorDescription("x", ElementType.Float32, new TensorShape(-1, 3)), Assert.Single(session.Inputs));
        Assert.Equal(new TensorDescription("y", ElementType.Float32, new TensorShape(-1, 3)), Assert.Single(session.Outputs));
    }

    [Fact]
    public async Task Run_OutputOfOneStepAsInputOfTheNext_NeedsNoCopy()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1));
        var value = OnnxFixture.Value(session, [1, 1], 0f);
        for (var i = 0; i < 5; i++)
        {
            var next = session.Run(OnnxFixture.Step("x", value), CancellationToken.None)[0];
            value.Dispose();
            value = next;
        }

        Assert.Equal(5f, value.AsSpan<float>()[0]);
        value.Dispose();
    }

    [Fact]
    public async Task Run_SelectedOutputs_GivesThemInTheStepsOrder()
    {
        var graph = new OnnxGraph()
            .Input("x", ElementType.Float32, 1)
            .Output("negative", ElementType.Float32, 1)
            .Output("root", ElementType.Float32, 1)
            .Node("Neg", "x", "negative")
            .Node("Sqrt", "x", "root");
        using var session = await _fixture.LoadAsync(graph);
        using var x = OnnxFixture.Value(session, [1], 9f);

        var outputs = session.Run(
            new ModelStep { Inputs = [new NamedValue("x", x)], Outputs = ["root", "negative"] }, CancellationToken.None);

        Assert.Equal([3f, -9f], outputs.Select(output => output.AsSpan<float>()[0]));
        Dispose(outputs);
    }

    [Fact]
    public async Task Run_EmptyTensor_GivesAnEmptyTensor()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1, 2));
        using var x = session.CreateValue(ElementType.Float32, new TensorShape(0, 2));
        Assert.True(x.AsSpan<float>().IsEmpty);

        using var y = session.Run(OnnxFixture.Step("x", x), CancellationToken.None)[0];

        Assert.Equal(new TensorShape(0, 2), y.Shape);
        Assert.True(y.AsSpan<float>().IsEmpty);
    }

    [Fact]
    public async Task Run_WrongInputs_NamesInputExpectedAndActual()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1, 2), "adder");
        using var good = OnnxFixture.Value(session, [1, 2], 1f, 2f);
        using var wrongType = OnnxFixture.Value(session, [1, 2], 1L, 2L);
        using var wrongWidth = OnnxFixture.Value(session, [1, 3], 1f, 2f, 3f);
        using var wrongRank = OnnxFixture.Value(session, [2], 1f, 2f);
        using var foreign = SimulatedValue.Of(new TensorShape(1, 2), 1f, 2f);

        Expect(session, OnnxFixture.Step("x", wrongType), "'x'", "Float32 [?,2]", "Int64 [1,2]");
        Expect(session, OnnxFixture.Step("x", wrongWidth), "'x'", "[?,2]", "[1,3]");
        Expect(session, OnnxFixture.Step("x", wrongRank), "'x'", "[?,2]", "[2]");
        Expect(session, OnnxFixture.Step("z", good), "no input 'z'", "'x'");
        Expect(session, OnnxFixture.Step("x", foreign), "'x'", "CreateValue");
        Expect(session, new ModelStep { Inputs = [] }, "misses 'x'");
        Expect(session, new ModelStep { Inputs = [new NamedValue("x", good), new NamedValue("x", good)] }, "twice");
        Expect(session, new ModelStep { Inputs = [new NamedValue("x", good)], Outputs = ["q"] }, "no output 'q'", "'y'");
    }

    [Fact]
    public async Task Run_FaultInsideTheGraph_IsTypedAndShowsNoPath()
    {
        var graph = new OnnxGraph()
            .Input("x", ElementType.Float32, -1)
            .Input("shape", ElementType.Int64, -1)
            .Output("y", ElementType.Float32, -1, -1)
            .Node("Reshape", "x shape", "y");
        using var session = await _fixture.LoadAsync(graph, "reshaper");
        using var x = OnnxFixture.Value(session, [3], 1f, 2f, 3f);
        using var shape = OnnxFixture.Value(session, [2], 2L, 2L);

        var e = Assert.Throws<EdgeHostException>(
            () => session.Run(new ModelStep { Inputs = [new("x", x), new("shape", shape)] }, CancellationToken.None));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        Assert.Contains("Reshape", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CancelledMidway_StopsAndTheSessionStaysUsable()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Loop(32, iterations: 1_000_000_000));
        using var x = session.CreateValue(ElementType.Float32, new TensorShape(32, 32));
        x.AsSpan<float>().Fill(1);
        using var cancellation = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var run = Task.Run(() =>
        {
            started.SetResult();
            return session.Run(OnnxFixture.Step("x", x), cancellation.Token);
        });
        await started.Task;

        // Long enough that the run is inside the graph; the loop itself would take hours.
        await Task.Delay(100);
        Assert.False(run.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(30)));
        using var again = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(OnnxFixture.Step("x", x), again.Token));
    }

    [Fact]
    public async Task Run_CancelledBefore_NeverStarts()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1));
        using var x = OnnxFixture.Value(session, [1, 1], 1f);

        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(OnnxFixture.Step("x", x), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Run_ManyThreadsOnOneSession_EveryResultIsRight()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.MatMul(64, 0.5f));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var x = session.CreateValue(ElementType.Float32, new TensorShape(1, 64));
                x.AsSpan<float>().Fill(thread + 1);
                using var y = session.Run(OnnxFixture.Step("x", x), CancellationToken.None)[0];
                Assert.All(y.AsSpan<float>().ToArray(), value => Assert.Equal((thread + 1) * 32f, value));
            }
        })));
    }

    [Fact]
    public async Task CreateValue_TextOrDynamicShape_IsRefused()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1));

        Assert.Equal(
            ErrorCode.InvalidArgument,
            Assert.Throws<EdgeHostException>(() => session.CreateValue(ElementType.String, new TensorShape(1))).Code);
        Assert.Equal(
            ErrorCode.InvalidArgument,
            Assert.Throws<EdgeHostException>(() => session.CreateValue(ElementType.Float32, new TensorShape(-1))).Code);
    }

    [Fact]
    public async Task CreateValue_MoreThanThereIs_IsResourceExhausted()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1));

        var e = Assert.Throws<EdgeHostException>(() => session.CreateValue(ElementType.Float32, new TensorShape(1L << 50)));

        Assert.Equal(ErrorCode.ResourceExhausted, e.Code);
    }

    [Fact]
    public async Task Value_AfterDispose_ThrowsInsteadOfReadingFreedMemory()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.Add(1));
        var value = OnnxFixture.Value(session, [1, 1], 1f);

        value.Dispose();
        value.Dispose();

        Assert.Throws<ObjectDisposedException>(() => value.AsSpan<float>());
        Assert.Throws<ObjectDisposedException>(() => session.Run(OnnxFixture.Step("x", value), CancellationToken.None));
    }

    private static void Expect(IEngineSession session, ModelStep step, params string[] parts)
    {
        var e = Assert.Throws<EdgeHostException>(() => session.Run(step, CancellationToken.None));
        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
    }

    private static void Dispose(IReadOnlyList<ModelValue> values)
    {
        foreach (var value in values)
        {
            value.Dispose();
        }
    }
}
