using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeHost.Runtime.Onnx.Tests;

/// <summary>The scheduler over the real engine: real values joined and taken apart, real runs stopped between two nodes.</summary>
public sealed class OnnxSchedulingTests : IAsyncLifetime
{
    private const int Size = 64;

    private readonly OnnxFixture _files = new();
    private readonly IHost _host;

    public OnnxSchedulingTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IModelSource>(new SimulatedModelSource());
        builder.Services.AddEdgeHostRuntime(options =>
        {
            options.Pool.BudgetBytes = 1L << 30;
            options.Scheduling.Concurrency["cpu"] = 1;
        });
        builder.Services.AddSingleton<IInferenceEngine>(_files.Engine);
        _host = builder.Build();
    }

    private IStepScheduler Scheduler => _host.Services.GetRequiredService<IStepScheduler>();

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task RunAsync_StepsThatWait_AreJoinedAndGiveWhatTheyGiveAlone()
    {
        using var loop = await _files.LoadAsync(OnnxGraph.Loop(256, 1_000_000_000), "loop");
        using var model = await _files.LoadAsync(OnnxGraph.MatMul(Size, 0.5f), "matmul");
        using var cancellation = new CancellationTokenSource();
        var blocker = Scheduler.RunAsync(Request(loop, OnnxFixture.Value(loop, [256, 256], new float[256 * 256]), CallPriority.Interactive), cancellation.Token);
        var inputs = Enumerable.Range(0, 8).Select(i => OnnxFixture.Value(model, [1, Size], [.. Enumerable.Range(0, Size).Select(j => (float)(i + j))])).ToArray();
        var joined = inputs.Select(x => Scheduler.RunAsync(Request(model, x, CallPriority.Normal, new ModelBatching()), CancellationToken.None)).ToArray();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocker);
        var completions = await Task.WhenAll(joined);

        for (var i = 0; i < inputs.Length; i++)
        {
            var alone = await Scheduler.RunAsync(Request(model, inputs[i]), CancellationToken.None);
            Assert.Equal(8, completions[i].Batch);
            Assert.Equal(alone.Outputs[0].Shape, completions[i].Outputs[0].Shape);
            Assert.Equal(alone.Outputs[0].AsSpan<float>().ToArray(), completions[i].Outputs[0].AsSpan<float>().ToArray(), (x, y) => Math.Abs(x - y) < 1e-3f);
            alone.Outputs[0].Dispose();
            completions[i].Outputs[0].Dispose();
            inputs[i].Dispose();
        }
    }

    [Fact]
    public async Task RunAsync_InteractiveBehindALongBackgroundRun_StopsItBetweenTwoNodesAndItGoesOn()
    {
        using var loop = await _files.LoadAsync(OnnxGraph.Loop(256, 1_000_000_000), "loop");
        using var model = await _files.LoadAsync(OnnxGraph.MatMul(Size, 0.5f), "matmul");
        using var cancellation = new CancellationTokenSource();
        var background = Scheduler.RunAsync(Request(loop, OnnxFixture.Value(loop, [256, 256], new float[256 * 256]), CallPriority.Background), cancellation.Token);
        using var x = OnnxFixture.Value(model, [1, Size], new float[Size]);

        var completion = await Scheduler.RunAsync(Request(model, x, CallPriority.Interactive), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        completion.Outputs[0].Dispose();
        Assert.False(background.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => background.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None));
    }

    private StepRequest Request(IEngineSession session, ModelValue x, CallPriority priority = CallPriority.Normal, ModelBatching? batching = null) => new()
    {
        Device = _files.Cpu,
        Session = session,
        Step = OnnxFixture.Step("x", x),
        Model = "model@1.0",
        App = AppIdentity.Host,
        Priority = priority,
        Batching = batching,
    };
}
