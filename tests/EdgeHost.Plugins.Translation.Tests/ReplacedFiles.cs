using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>Real models with other files beside them.</summary>
/// <param name="models">The real ones.</param>
/// <param name="files">A file by its name; null: there is none.</param>
internal sealed class ReplacedFiles(IModelProvider models, Func<string, byte[]?> files) : IModelProvider
{
    public async ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken) => new Lease(await models.LeaseAsync(model, cancellationToken), files);

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => models.ListAsync(task, cancellationToken);

    private sealed class Lease(IModelLease lease, Func<string, byte[]?> files) : IModelLease
    {
        public ModelDescription Model => lease.Model;

        public ModelValue CreateValue(ElementType elementType, TensorShape shape) => lease.CreateValue(elementType, shape);

        public ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken) => lease.RunAsync(step, cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken)
            => files(name) is { } file ? new(file) : throw new EdgeHostException(ErrorCode.NotFound, $"No file '{name}'.");

        public void Dispose() => lease.Dispose();
    }
}
