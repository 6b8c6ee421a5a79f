using System.Threading.Channels;
using EdgeHost.Deployment.Trials;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Conditions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment.Shadow;

/// <summary>
/// Takes copies of steps on the way of real calls: within a rate, a length and a size, and not where the machine should rest. What does not fit is dropped and
/// counted; a call waits for nothing here. Thread-safe.
/// </summary>
internal sealed class ShadowQueue(IOptions<DeploymentOptions> options, IMachineConditions conditions, DeploymentMeter meter, TimeProvider time) : IDisposable
{
    private readonly DeploymentOptions _options = options.Value;
    private readonly Channel<ShadowSample> _samples = Channel.CreateBounded<ShadowSample>(
        new BoundedChannelOptions(options.Value.ShadowQueueLength) { SingleReader = true });
    private readonly RateLimit _rate = new(options.Value.ShadowRate, time);
    private int _waiting;

    /// <summary>Whether the machine's state allows work that nobody waits for.</summary>
    public bool MayWork
    {
        get
        {
            var now = conditions.Current;
            return !now.IsOnBattery && now.Memory == MemoryPressureLevel.None && now.MinimumPriority <= CallPriority.Background;
        }
    }

    /// <summary>Steps that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Copies a step, or drops it.</summary>
    public void Offer(Trial trial, ModelStep step, IReadOnlyList<ModelValue> outputs)
    {
        if (!_rate.IsFree) return;
        if (Problem(step, outputs) is { } problem)
        {
            Drop(trial, problem);
            return;
        }

        // A place is taken before anything is copied.
        if (Interlocked.Increment(ref _waiting) > _options.ShadowQueueLength)
        {
            Interlocked.Decrement(ref _waiting);
            Drop(trial, ShadowDrop.Busy);
            return;
        }

        if (!_rate.TryTake() || Copy(trial, step, outputs) is not { } sample)
        {
            Interlocked.Decrement(ref _waiting);
            return;
        }

        if (_samples.Writer.TryWrite(sample)) return;
        sample.Dispose();
        Interlocked.Decrement(ref _waiting);
    }

    /// <summary>The next step; whoever gets it disposes it.</summary>
    public async ValueTask<ShadowSample> TakeAsync(CancellationToken cancellationToken)
    {
        var sample = await _samples.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Decrement(ref _waiting);
        return sample;
    }

    /// <summary>Counts a step that is not run again.</summary>
    public void Drop(Trial trial, ShadowDrop why)
    {
        trial.Shadow.AddDropped();
        meter.Dropped(why);
    }

    public void Dispose()
    {
        _samples.Writer.TryComplete();
        while (_samples.Reader.TryRead(out var sample)) sample.Dispose();
    }

    private ShadowDrop? Problem(ModelStep step, IReadOnlyList<ModelValue> outputs)
    {
        if (!MayWork) return ShadowDrop.Conditions;
        long bytes = 0;
        foreach (var input in step.Inputs)
        {
            if (CopiedValue.SizeOf(input.Value) is not { } size) return ShadowDrop.Kind;
            bytes += size;
        }

        foreach (var output in outputs)
        {
            if (CopiedValue.SizeOf(output) is not { } size) return ShadowDrop.Kind;
            bytes += size;
        }

        return bytes > _options.MaxShadowBytes ? ShadowDrop.Size : null;
    }

    private ShadowSample? Copy(Trial trial, ModelStep step, IReadOnlyList<ModelValue> outputs)
    {
        var (inputs, results) = (new List<CopiedValue>(step.Inputs.Count), new List<CopiedValue>(outputs.Count));
        var sample = new ShadowSample(trial, inputs, step.Outputs, results);
        try
        {
            foreach (var input in step.Inputs) inputs.Add(CopiedValue.Of(input.Name, input.Value));
            foreach (var output in outputs) results.Add(CopiedValue.Of(string.Empty, output));
            return sample;
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            // A value on a device, or one that its owner has disposed already.
            sample.Dispose();
            Drop(trial, ShadowDrop.Kind);
            return null;
        }
    }
}
