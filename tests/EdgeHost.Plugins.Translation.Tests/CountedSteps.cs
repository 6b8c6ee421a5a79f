using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>Counts the steps of models and the values that are not disposed, and cancels at a step.</summary>
internal sealed class CountedSteps(IModelProvider models) : IModelProvider
{
    private readonly List<WeakReference<Value>> _values = [];
    private int _stopAt = int.MaxValue;
    private CancellationTokenSource? _cancel;

    public int Steps { get; private set; }

    public int Undisposed => _values.Count(static value => value.TryGetTarget(out var alive) && !alive.IsDisposed);

    /// <summary>Counts from 0 again, and cancels when a step begins.</summary>
    public void Begin(int stopAt, CancellationTokenSource cancel) => (Steps, _stopAt, _cancel) = (0, stopAt, cancel);

    public async ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken) => new Lease(this, await models.LeaseAsync(model, cancellationToken));

    private Value Track(ModelValue value)
    {
        var tracked = new Value(value);
        _values.Add(new WeakReference<Value>(tracked));
        return tracked;
    }

    private sealed class Lease(CountedSteps owner, IModelLease lease) : IModelLease
    {
        public ModelDescription Model => lease.Model;

        public ModelValue CreateValue(ElementType elementType, TensorShape shape) => owner.Track(lease.CreateValue(elementType, shape));

        public async ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
        {
            if (++owner.Steps == owner._stopAt) owner._cancel!.Cancel();
            var inner = new ModelStep { Inputs = [.. step.Inputs.Select(static input => new NamedValue(input.Name, ((Value)input.Value).Inner))], Outputs = step.Outputs };
            using var result = await lease.RunAsync(inner, cancellationToken);
            return new StepResult([.. Enumerable.Range(0, result.Count).Select(i => owner.Track(result.Take(i)))], result.Device, result.QueueTime, result.RunTime);
        }

        public ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken) => lease.ReadFileAsync(name, cancellationToken);

        public void Dispose() => lease.Dispose();
    }

    private sealed class Value(ModelValue inner) : ModelValue(inner.ElementType, inner.Shape)
    {
        public ModelValue Inner => inner;

        public bool IsDisposed { get; private set; }

        protected override Span<byte> GetBytes() => ElementType switch
        {
            ElementType.Float32 => System.Runtime.InteropServices.MemoryMarshal.AsBytes(inner.AsSpan<float>()),
            ElementType.Int64 => System.Runtime.InteropServices.MemoryMarshal.AsBytes(inner.AsSpan<long>()),
            _ => System.Runtime.InteropServices.MemoryMarshal.AsBytes(inner.AsSpan<bool>()),
        };

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            inner.Dispose();
        }
    }
}
