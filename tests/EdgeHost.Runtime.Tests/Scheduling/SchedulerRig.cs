using System.Collections.Concurrent;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>The real scheduler over simulated models, with health, conditions and run times that the test sets.</summary>
internal sealed class SchedulerRig : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, IEngineSession> _sessions = new(StringComparer.Ordinal);
    private readonly List<ManualResetEventSlim> _gates = [];

    public SchedulerRig(Action<StepSchedulerOptions>? configure = null, TimeProvider? time = null, params DeviceDescription[] devices)
    {
        Runtime = new RuntimeFixture(
            devices.Length == 0 ? null : new SimulatedEngine(devices),
            options => configure?.Invoke(options.Scheduling),
            time,
            services =>
            {
                services.AddSingleton<IDeviceHealth>(Health);
                services.AddSingleton<IMachineConditions>(Conditions);
                services.AddSingleton<ILatencyModel>(Latencies);
            });
    }

    public RuntimeFixture Runtime { get; }

    public FakeDeviceHealth Health { get; } = new();

    public FakeConditions Conditions { get; } = new();

    public KnownLatencies Latencies { get; } = new();

    public SimulatedEngine Engine => Runtime.Engine;

    public IStepScheduler Scheduler => Runtime.Scheduler;

    public DeviceQueueSnapshot Queue => Assert.Single(Scheduler.Snapshot());

    public static DeviceDescription Npu { get; } = new() { Id = "npu0", Kind = DeviceKind.Npu, Name = "npu", Provider = "Simulated", IsInterruptible = false };

    /// <summary>What runs of models of <see cref="Block"/> gave.</summary>
    public ConcurrentQueue<SimulatedValue> BlockedOutputs { get; } = new();

    /// <summary>A model whose runs end when the gate opens or, unless it is deaf, when they are told to.</summary>
    public ManualResetEventSlim Block(string model, bool isDeaf = false)
    {
        var gate = new ManualResetEventSlim();
        _gates.Add(gate);
        Engine.Describe(model, new SimulatedModel
        {
            OnRun = (step, token) =>
            {
                gate.Wait(isDeaf ? CancellationToken.None : token);
                var output = new SimulatedValue(ElementType.Float32, step.Inputs[0].Value.Shape);
                BlockedOutputs.Enqueue(output);
                return [output];
            },
        });
        return gate;
    }

    public async Task<StepRequest> RequestAsync(
        string model,
        CallPriority priority = CallPriority.Normal,
        string app = "app",
        DateTimeOffset? deadline = null,
        ModelBatching? batching = null,
        ModelStep? step = null,
        int device = 0,
        bool onCaller = false,
        bool isRepeatable = true)
    {
        var on = Engine.Devices[device];
        if (!_sessions.TryGetValue($"{model} {on.Id}", out var session))
        {
            Runtime.Source.Add(model);
            session = await Engine.LoadAsync(await Runtime.Source.ResolveAsync(model, CancellationToken.None), on, CancellationToken.None);
            session = _sessions.GetOrAdd($"{model} {on.Id}", session);
        }

        return new StepRequest
        {
            Device = on,
            Session = session,
            Step = step ?? new ModelStep { Inputs = RuntimeFixture.Step(1).Inputs, MayRunOnCallingThread = onCaller, IsRepeatable = isRepeatable },
            Model = model,
            App = new AppIdentity(app, -1, -1),
            Priority = priority,
            Deadline = deadline,
            Batching = batching,
        };
    }

    /// <summary>Starts a step and returns once it is on the device.</summary>
    public async Task<Task<StepCompletion>> StartAsync(StepRequest request, CancellationToken cancellationToken = default)
    {
        var started = Engine.RunsStarted;
        var run = request.Step.MayRunOnCallingThread
            ? Task.Run(() => Scheduler.RunAsync(request, cancellationToken), CancellationToken.None)
            : Scheduler.RunAsync(request, cancellationToken);
        await Engine.WaitUntilAsync(() => Engine.RunsStarted > started);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates)
        {
            gate.Set();
        }

        await Runtime.DisposeAsync();
    }
}
