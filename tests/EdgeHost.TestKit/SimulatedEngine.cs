using System.Collections.Concurrent;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;

namespace EdgeHost.TestKit;

/// <summary>
/// An inference engine without inference: its models do what the test says. Thread-safe. Models are described with
/// <see cref="Describe"/>; an undescribed one copies its first input to its output.
/// </summary>
public sealed class SimulatedEngine : IInferenceEngine
{
    private readonly ConcurrentDictionary<string, SimulatedModel> _models = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _runs = new();
    private readonly Lock _gate = new();
    private readonly List<(Func<bool> Condition, TaskCompletionSource Reached)> _waits = [];
    private int _deviceQueries;
    private int _loadsStarted;
    private int _sessionsAlive;
    private int _sessionsDisposed;
    private int _runsStarted;
    private int _runsEnded;

    /// <summary>An engine with one processor that runs one step at once.</summary>
    public SimulatedEngine()
        : this(new DeviceDescription { Id = "cpu", Kind = DeviceKind.Cpu, Name = "Simulated processor", Provider = "Simulated" })
    {
    }

    public SimulatedEngine(params DeviceDescription[] devices) => Devices = devices;

    public IReadOnlyList<DeviceDescription> Devices { get; }

    /// <summary>How often somebody asked for the devices.</summary>
    public int DeviceQueries => Volatile.Read(ref _deviceQueries);

    public int LoadsStarted => Volatile.Read(ref _loadsStarted);

    public int SessionsAlive => Volatile.Read(ref _sessionsAlive);

    public int SessionsDisposed => Volatile.Read(ref _sessionsDisposed);

    public int RunsStarted => Volatile.Read(ref _runsStarted);

    public int RunsEnded => Volatile.Read(ref _runsEnded);

    /// <summary>Ids of the models in the order their runs started.</summary>
    public IReadOnlyList<string> Runs => [.. _runs];

    /// <summary>Misuse that was seen: a session disposed twice or during a run. Assert that it is empty.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>Says how a model behaves: an <c>id</c>, or an <c>id@version</c> where versions differ.</summary>
    public SimulatedEngine Describe(string model, SimulatedModel behaviour)
    {
        _models[model] = behaviour;
        return this;
    }

    /// <summary>Completes when a condition on this engine's counters holds; checked whenever one of them changes.</summary>
    public Task WaitUntilAsync(Func<bool> condition)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (condition()) return Task.CompletedTask;
            _waits.Add((condition, reached));
        }

        return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public IReadOnlyList<DeviceDescription> GetDevices()
    {
        Count(ref _deviceQueries, 1);
        return Devices;
    }

    public async ValueTask<IEngineSession> LoadAsync(ModelArtifact artifact, DeviceDescription device, CancellationToken cancellationToken)
    {
        Count(ref _loadsStarted, 1);
        var model = _models.TryGetValue($"{artifact.Id}@{artifact.Version}", out var exact) ? exact : _models.GetOrAdd(artifact.Id, static _ => new SimulatedModel());
        if (model.OnLoad is { } load) await load(cancellationToken);
        if (model.OnLoadOn is { } loadOn) await loadOn(device, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Count(ref _sessionsAlive, 1);
        return new SimulatedSession(this, artifact, device, model);
    }

    /// <summary>Called in place of a self-test that succeeds; throw to fail it.</summary>
    public Action<DeviceDescription, CancellationToken>? OnSelfTest { get; set; }

    public void SelfTest(DeviceDescription device, CancellationToken cancellationToken) => OnSelfTest?.Invoke(device, cancellationToken);

    internal IReadOnlyList<ModelValue> Run(SimulatedSession session, ModelStep step, CancellationToken cancellationToken)
    {
        _runs.Enqueue(session.Artifact.Id);
        Count(ref _runsStarted, 1);
        try
        {
            if (session.Model.OnRunOn is { } runOn && runOn(session.Device, step, cancellationToken) is { } outputs) return outputs;
            if (session.Model.OnRun is { } run) return run(step, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (step.Inputs.Count == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, "The simulated model takes one input.");
            return [SimulatedValue.Of(step.Inputs[0].Value.Shape, (ReadOnlySpan<float>)step.Inputs[0].Value.AsSpan<float>())];
        }
        finally
        {
            Count(ref _runsEnded, 1);
        }
    }

    internal void SessionDisposed()
    {
        Interlocked.Increment(ref _sessionsDisposed);
        Count(ref _sessionsAlive, -1);
    }

    internal void ReportFault(string fault) => _faults.Enqueue(fault);

    private void Count(ref int counter, int change)
    {
        Interlocked.Add(ref counter, change);
        lock (_gate)
        {
            if (_waits.Count == 0) return;
            for (var i = _waits.Count - 1; i >= 0; i--)
            {
                if (!_waits[i].Condition()) continue;
                _waits[i].Reached.TrySetResult();
                _waits.RemoveAt(i);
            }
        }
    }
}
