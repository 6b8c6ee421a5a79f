using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;

namespace EdgeHost.TestKit;

/// <summary>How a simulated model behaves. Set up before it is used; the defaults take one float32 vector and give it back.</summary>
public sealed class SimulatedModel
{
    public IReadOnlyList<TensorDescription> Inputs { get; init; } = [new("x", ElementType.Float32, new TensorShape(-1))];

    public IReadOnlyList<TensorDescription> Outputs { get; init; } = [new("y", ElementType.Float32, new TensorShape(-1))];

    /// <summary>What a session measures at load; null for the artifact's size.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>What a session measures at any moment, in place of <see cref="ResidentBytes"/>.</summary>
    public Func<SessionMemory>? Memory { get; set; }

    /// <summary>Makes the step of a health check; null for a session that knows none.</summary>
    public Func<ModelStep?>? OnProbe { get; set; }

    /// <summary>Called when buffers kept between runs are to be given back.</summary>
    public Action? OnRelease { get; set; }

    /// <summary>Called in place of a load that succeeds; throw to fail it, wait to make it slow.</summary>
    public Func<CancellationToken, Task>? OnLoad { get; set; }

    /// <summary>Called when a session is disposed; block to make that slow.</summary>
    public Action? OnDispose { get; set; }

    /// <summary>Called at a load after <see cref="OnLoad"/>, with the device; throw to fail it there.</summary>
    public Func<DeviceDescription, CancellationToken, Task>? OnLoadOn { get; set; }

    /// <summary>Called at a run before <see cref="OnRun"/>, with the device; throw to fail it there, give null to go on with what is said elsewhere.</summary>
    public Func<DeviceDescription, ModelStep, CancellationToken, IReadOnlyList<ModelValue>?>? OnRunOn { get; set; }

    /// <summary>
    /// Called on the device's thread; throw to fail the run, block to make it slow. Returns the outputs, owned by the caller. Null copies
    /// the first input.
    /// </summary>
    public Func<ModelStep, CancellationToken, IReadOnlyList<ModelValue>>? OnRun { get; set; }
}
