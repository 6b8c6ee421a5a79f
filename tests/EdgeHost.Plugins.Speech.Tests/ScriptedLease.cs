using EdgeHost.PluginSdk;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Speech.Tests;

/// <summary>A model that answers as the test says; for what real models do seldom.</summary>
internal sealed class ScriptedLease(ModelDescription model, Func<ModelStep, ModelValue[]> run) : IModelLease
{
    private readonly List<SimulatedValue> _made = [];

    public ModelDescription Model => model;

    /// <summary>Values that were made and not disposed.</summary>
    public int Undisposed => _made.Count(value => !value.IsDisposed);

    /// <summary>Files beside the model.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public static ModelDescription Describe(string id, TensorDescription[] inputs, TensorDescription[] outputs)
        => new() { Id = id, Version = "1.0.0", Variant = "fp32", Device = "cpu", DeviceKind = DeviceKind.Cpu, Inputs = inputs, Outputs = outputs };

    public ModelValue CreateValue(ElementType elementType, TensorShape shape) => Track(new SimulatedValue(elementType, shape));

    public ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ModelValue[] outputs = [.. run(step).Select(value => Track((SimulatedValue)value))];
        return ValueTask.FromResult(new StepResult(outputs, "cpu", TimeSpan.Zero, TimeSpan.Zero));
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken)
        => Files.TryGetValue(name, out var file) ? ValueTask.FromResult<ReadOnlyMemory<byte>>(file) : throw new EdgeHostException(ErrorCode.NotFound, $"No file '{name}'.");

    public void Dispose()
    {
    }

    private SimulatedValue Track(SimulatedValue value)
    {
        _made.Add(value);
        return value;
    }
}
