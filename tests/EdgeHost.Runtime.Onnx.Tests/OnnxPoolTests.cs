using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx.Memory;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Onnx.Tests;

/// <summary>The pool over the real engine, composed as the host composes it.</summary>
public sealed class OnnxPoolTests : IAsyncLifetime
{
    private const int Size = 2048;
    private const long WeightBytes = (long)Size * Size * sizeof(float);

    private readonly OnnxFixture _files = new();
    private readonly SimulatedModelSource _source = new();
    private readonly IHost _host;

    public OnnxPoolTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IModelSource>(_source);
        builder.Services.AddEdgeHostRuntime(options => options.Pool.BudgetBytes = 1L << 30);
        builder.Services.AddOnnxRuntimeEngine();
        _host = builder.Build();
    }

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        var engine = (OnnxEngine)_host.Services.GetRequiredService<IInferenceEngine>();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Assert.Empty(engine.SessionsByProvider);
        _files.Dispose();
    }

    [Fact]
    public async Task Lease_RunStep_GivesOutputDeviceAndTimes()
    {
        _source.Add(_files.Save("add", OnnxGraph.Add(1, 2).ToModel()));
        using var lease = await LeaseAsync("add");
        using var x = lease.CreateValue(ElementType.Float32, new TensorShape(1, 2));
        x.AsSpan<float>().Fill(1);

        using var result = await lease.RunAsync(OnnxFixture.Step("x", x), CancellationToken.None);

        Assert.Equal([2f, 3f], result[0].AsSpan<float>().ToArray());
        Assert.Equal("cpu", result.Device);
        Assert.True(result.RunTime > TimeSpan.Zero);
        Assert.Equal("y", Assert.Single(lease.Model.Outputs).Name);
    }

    [Fact]
    public async Task Lease_TenUsersOfOneModel_ShareItsWeights()
    {
        _source.Add(_files.Save("large", OnnxGraph.MatMul(Size, 1).ToModel()));
        var leases = new List<IModelLease> { await LeaseAsync("large") };
        using var x = leases[0].CreateValue(ElementType.Float32, new TensorShape(1, Size));
        await RunAsync(leases[0], x);
        var before = ResidentMemory.Bytes;

        for (var i = 0; i < 9; i++)
        {
            leases.Add(await LeaseAsync("large"));
            await RunAsync(leases[^1], x);
        }

        var growth = ResidentMemory.Bytes - before;
        Assert.True(growth < WeightBytes / 2, $"nine more users took {growth} bytes more; the weights have {WeightBytes}");
        var model = Assert.Single(Pool.Snapshot().Models);
        Assert.Equal((10, 1L), (model.Leases, model.Loads));
        leases.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public async Task Evict_LoadedTwentyTimes_GivesTheMemoryBack()
    {
        _source.Add(_files.Save("large", OnnxGraph.MatMul(Size, 1).ToModel()));
        (await LeaseAsync("large")).Dispose();
        await Pool.EvictAsync("large", "test", CancellationToken.None);
        var before = ResidentMemory.Bytes;

        for (var i = 0; i < 20; i++)
        {
            (await LeaseAsync("large")).Dispose();
            await Pool.EvictAsync("large", "test", CancellationToken.None);
        }

        var growth = ResidentMemory.Bytes - before;
        Assert.True(growth < WeightBytes, $"20 loads of {WeightBytes} bytes left {growth} behind");
        Assert.Equal(0, Pool.Snapshot().UsedBytes);
    }

    [Fact]
    public async Task Lease_CorruptFile_IsTypedAndTheNextLeaseTriesAgain()
    {
        _source.Add(_files.Save("fixed", [1, 2, 3]));
        var e = await Assert.ThrowsAsync<EdgeHostException>(() => LeaseAsync("fixed"));
        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        Assert.Equal(ModelState.Unavailable, Assert.Single(Pool.Snapshot().Models).State);

        _source.Add(_files.Save("fixed", OnnxGraph.Add(1).ToModel()));
        using var lease = await LeaseAsync("fixed");

        Assert.Equal(ModelState.Resident, Assert.Single(Pool.Snapshot().Models).State);
    }

    [Fact]
    public async Task Step_CancelledMidRun_FreesTheDevice()
    {
        _source.Add(_files.Save("loop", OnnxGraph.Loop(32, 1_000_000_000).ToModel())).Add(_files.Save("add", OnnxGraph.Add(1).ToModel()));
        using var loop = await LeaseAsync("loop");
        using var add = await LeaseAsync("add");
        using var x = loop.CreateValue(ElementType.Float32, new TensorShape(32, 32));
        using var one = add.CreateValue(ElementType.Float32, new TensorShape(1, 1));
        using var cancellation = new CancellationTokenSource();
        var run = loop.RunAsync(OnnxFixture.Step("x", x), cancellation.Token).AsTask();

        cancellation.CancelAfter(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(30)));
        using var result = await add.RunAsync(OnnxFixture.Step("x", one), CancellationToken.None);
        Assert.Equal(1, result.Count);
    }

    [Fact]
    public void Devices_ThroughTheDirectory_AreTheEngines()
        => Assert.Equal("cpu", _host.Services.GetRequiredService<IDeviceDirectory>().Devices[0].Id);

    [Theory]
    [InlineData("threads")]
    [InlineData("relative path")]
    [InlineData("name twice")]
    public async Task Start_BadOptions_AreRefused(string fault)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOnnxRuntimeEngine(options =>
        {
            if (fault == "threads") options.IntraOpThreads = 0;
            if (fault == "relative path") options.ProviderLibraries.Add(new OnnxProviderLibrary { Name = "npu", Path = "libnpu.so" });
            if (fault == "name twice")
            {
                var path = Path.GetFullPath("libnpu.so");
                options.ProviderLibraries.Add(new OnnxProviderLibrary { Name = "npu", Path = path });
                options.ProviderLibraries.Add(new OnnxProviderLibrary { Name = "npu", Path = path });
            }
        });
        using var host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private IModelPool Pool => _host.Services.GetRequiredService<IModelPool>();

    private static async Task RunAsync(IModelLease lease, ModelValue x)
        => (await lease.RunAsync(OnnxFixture.Step("x", x), CancellationToken.None)).Dispose();

    private async Task<IModelLease> LeaseAsync(string model)
        => await Pool.ForCall(new CallScope { PluginId = "tests", App = AppIdentity.Host }).LeaseAsync(model, CancellationToken.None);
}
