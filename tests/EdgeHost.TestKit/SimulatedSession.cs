using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;

namespace EdgeHost.TestKit;

/// <summary>A loaded graph of a <see cref="SimulatedEngine"/>.</summary>
public sealed class SimulatedSession : IEngineSession
{
    private readonly SimulatedEngine _engine;
    private int _running;
    private int _isDisposed;

    internal SimulatedSession(SimulatedEngine engine, ModelArtifact artifact, DeviceDescription device, SimulatedModel model)
    {
        _engine = engine;
        Artifact = artifact;
        Device = device;
        Model = model;
    }

    public ModelArtifact Artifact { get; }

    public DeviceDescription Device { get; }

    public SimulatedModel Model { get; }

    public IReadOnlyList<TensorDescription> Inputs => Model.Inputs;

    public IReadOnlyList<TensorDescription> Outputs => Model.Outputs;

    public string Origin => "simulated";

    public SessionMemory MeasureMemory() => Model.Memory?.Invoke() ?? new(Model.ResidentBytes ?? Artifact.SizeBytes, 0, 0);

    public ModelStep? CreateProbe() => Model.OnProbe?.Invoke();

    public void ReleaseWorkingMemory() => Model.OnRelease?.Invoke();

    public bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    public ModelValue CreateValue(ElementType elementType, TensorShape shape)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return new SimulatedValue(elementType, shape);
    }

    public IReadOnlyList<ModelValue> Run(ModelStep step, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Interlocked.Increment(ref _running);
        try
        {
            return _engine.Run(this, step, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public void Dispose()
    {
        Model.OnDispose?.Invoke();

        // A session that dies under a run is the fault that leases exist to prevent.
        if (Volatile.Read(ref _running) != 0) _engine.ReportFault($"The session of {Artifact.Id} was disposed during a run.");
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) _engine.ReportFault($"The session of {Artifact.Id} was disposed twice.");
        else _engine.SessionDisposed();
    }
}
