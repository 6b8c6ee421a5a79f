using EdgeHost.ModelTools;
using EdgeHost.Optimisation.Examples;
using EdgeHost.PluginSdk;

namespace EdgeHost.Benchmarks.Optimising;

/// <summary>Passes everything on to another provider, and keeps what goes into one model's steps as examples. Not thread-safe.</summary>
internal sealed class CapturingProvider(IModelProvider inner, string model) : IModelProvider
{
    private readonly List<ModelExample> _examples = [];

    public IReadOnlyList<ModelExample> Examples => _examples;

    public async ValueTask<IModelLease> LeaseAsync(string wanted, CancellationToken cancellationToken)
    {
        var lease = await inner.LeaseAsync(wanted, cancellationToken);
        return wanted == model ? new Lease(lease, _examples) : lease;
    }

    private sealed class Lease(IModelLease inner, List<ModelExample> examples) : IModelLease
    {
        public ModelDescription Model => inner.Model;

        public ModelValue CreateValue(ElementType elementType, TensorShape shape) => inner.CreateValue(elementType, shape);

        public ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
        {
            examples.Add(new ModelExample
            {
                Name = $"step {examples.Count}",
                Inputs = step.Inputs.ToDictionary(input => input.Name, input => TensorProto.Of<float>(input.Name, input.Value.Shape, input.Value.AsSpan<float>())),
            });
            return inner.RunAsync(step, cancellationToken);
        }

        public ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken) => inner.ReadFileAsync(name, cancellationToken);

        public void Dispose() => inner.Dispose();
    }
}
