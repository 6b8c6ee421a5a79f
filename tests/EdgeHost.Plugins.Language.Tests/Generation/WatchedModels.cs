using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary>Models whose steps a test sees, and may hold up or fail before they run.</summary>
internal sealed class WatchedModels(IModelProvider models, Func<ModelStep, CancellationToken, Task>? before = null) : IModelProvider
{
    private readonly Lock _gate = new();
    private readonly List<(long Rows, long Tokens)> _steps = [];

    /// <summary>Rows and tokens of each step that ran.</summary>
    public IReadOnlyList<(long Rows, long Tokens)> Steps
    {
        get
        {
            lock (_gate) return [.. _steps];
        }
    }

    public async ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
        => new Lease(this, await models.LeaseAsync(model, cancellationToken));

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => models.ListAsync(task, cancellationToken);

    private sealed class Lease(WatchedModels owner, IModelLease lease) : IModelLease
    {
        public ModelDescription Model => lease.Model;

        public ModelValue CreateValue(ElementType elementType, TensorShape shape) => lease.CreateValue(elementType, shape);

        public async ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
        {
            if (owner._before is { } before) await before(step, cancellationToken);
            var ids = step.Inputs.First(static input => input.Name == "input_ids").Value.Shape;
            var result = await lease.RunAsync(step, cancellationToken);
            lock (owner._gate) owner._steps.Add((ids[0], ids[1]));
            return result;
        }

        public ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken) => lease.ReadFileAsync(name, cancellationToken);

        public void Dispose() => lease.Dispose();
    }

    private readonly Func<ModelStep, CancellationToken, Task>? _before = before;
}
