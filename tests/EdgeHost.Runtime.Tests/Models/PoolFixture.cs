using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>The runtime with health, placement and conditions that the test decides: an NPU, preferred, and the processor; a budget of 100 MiB.</summary>
internal sealed class PoolFixture : IAsyncDisposable
{
    public const long Mebibyte = 1 << 20;

    public PoolFixture(Action<EdgeHostRuntimeOptions>? configure = null, bool hasNpu = false, TimeProvider? time = null)
    {
        var cpu = Device("cpu", DeviceKind.Cpu);
        Runtime = new RuntimeFixture(hasNpu ? new SimulatedEngine(Device("npu0", DeviceKind.Npu), cpu) : new SimulatedEngine(cpu), configure, time, services =>
        {
            services.AddSingleton<IDeviceHealth>(Health);
            services.AddSingleton<IMachineConditions>(Conditions);
            services.AddSingleton<IDevicePlacement, FakeDevicePlacement>();
        });

        // Made at its first use: it must hear of health and pressure from the start.
        Pool = Runtime.Pool;
    }

    public RuntimeFixture Runtime { get; }

    public FakeDeviceHealth Health { get; } = new();

    public FakeMachineConditions Conditions { get; } = new();

    public ModelPool Pool { get; }

    public SimulatedEngine Engine => Runtime.Engine;

    public IDecisionLog Decisions => Runtime.Get<IDecisionLog>();

    public FakeDevicePlacement Placement => (FakeDevicePlacement)Runtime.Get<IDevicePlacement>();

    public long Used => Pool.Snapshot().UsedBytes;

    /// <summary>Adds a model whose file, estimate and measure are the same.</summary>
    public SimulatedModel Add(string id, long bytes, string version = "1")
    {
        Runtime.Source.Add(id, bytes, version, estimatedMemoryBytes: bytes);
        var model = new SimulatedModel { Memory = () => new SessionMemory(bytes, 0, 0) };
        Engine.Describe($"{id}@{version}", model);
        return model;
    }

    public Task<IModelLease> LeaseAsync(string model, CallScope? scope = null) => Runtime.LeaseAsync(model, scope);

    /// <summary>Leases and gives back.</summary>
    public async Task TouchAsync(string model) => (await LeaseAsync(model)).Dispose();

    public static async Task RunAsync(IModelLease lease)
    {
        using var x = SimulatedValue.Of(new TensorShape(1), 1f);
        using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue("x", x)] }, CancellationToken.None);
    }

    public IEnumerable<string> Resident => Pool.Snapshot().Models.Where(model => model.State == ModelState.Resident).Select(model => $"{model.Id}@{model.Version} {model.Device}");

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();

    /// <summary>Everything leaves, and nothing stays charged.</summary>
    public async Task AssertNothingStaysAsync()
    {
        await Pool.WhenQuietAsync();
        foreach (var id in Pool.Snapshot().Models.Select(model => model.Id).Distinct())
        {
            await Pool.EvictAsync(id, "the end", CancellationToken.None);
        }

        // A step that was given up lets go when it ends, after its caller has gone on.
        await Engine.WaitUntilAsync(() => Engine.SessionsAlive == 0);
        await Pool.WhenUnloadedAsync();
        var pool = Pool.Snapshot();
        Assert.Equal((0L, 0L, 0L, 0), (pool.UsedBytes, pool.LeavingBytes, pool.LargeValueBytes, pool.Leases));
        Assert.Equal(0, Engine.SessionsAlive);
        Assert.Empty(Engine.Faults);
    }

    private static DeviceDescription Device(string id, DeviceKind kind) => new() { Id = id, Kind = kind, Name = $"Simulated {id}", Provider = "Simulated" };
}
