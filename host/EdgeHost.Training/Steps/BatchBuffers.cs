using EdgeHost.Training.Networks;
using EdgeHost.Training.Randomness;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Training.Steps;

/// <summary>
/// The inputs of a batch. They are bound once and written in place before each step; the spans stay valid as long as the step that
/// owns them. Not thread-safe.
/// </summary>
public sealed class BatchBuffers : IDisposable
{
    private readonly Dictionary<string, AlignedBuffer<float>> _floats = [];
    private readonly Dictionary<string, AlignedBuffer<long>> _integers = [];
    private readonly Dictionary<string, OrtValue> _values = [];
    private readonly IReadOnlyList<DropoutSite> _dropouts;

    internal BatchBuffers(long size, IReadOnlyCollection<BatchInput> inputs, IReadOnlyList<DropoutSite> dropouts)
    {
        Size = (int)size;
        Inputs = inputs;
        _dropouts = dropouts;
        foreach (var input in inputs)
        {
            if (input.Type == ElementType.Float32) AddFloats(input.Name, input.Shape);
            else AddIntegers(input.Name, input.Shape);
        }

        foreach (var dropout in dropouts) AddFloats(dropout.Input, dropout.Shape);
    }

    /// <summary>Examples of a batch.</summary>
    public int Size { get; }

    /// <summary>What must be given.</summary>
    public IReadOnlyCollection<BatchInput> Inputs { get; }

    internal IReadOnlyDictionary<string, OrtValue> Values => _values;

    /// <summary>The numbers of an input, example by example.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such input of this type.</exception>
    public Span<float> Floats(string input) => _floats.TryGetValue(input, out var buffer) ? buffer.Span : throw Missing(input, "numbers");

    /// <summary>The ids or labels of an input, example by example.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such input of this type.</exception>
    public Span<long> Integers(string input) => _integers.TryGetValue(input, out var buffer) ? buffer.Span : throw Missing(input, "whole numbers");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _values.Values) value.Dispose();
        _values.Clear();
    }

    /// <summary>Draws the masks of a step: 0 for what is left out, 1 ÷ (1 - rate) for the rest.</summary>
    internal void FillMasks(ulong seed, long step)
    {
        foreach (var dropout in _dropouts)
        {
            var random = new SeededRandom(seed, dropout.Input, step);
            var kept = 1 / (1 - dropout.Rate);
            foreach (ref var value in _floats[dropout.Input].Span) value = random.NextSingle() < dropout.Rate ? 0 : kept;
        }
    }

    private void AddFloats(string name, TensorShape shape)
    {
        var buffer = new AlignedBuffer<float>(shape.ElementCount);
        _floats.Add(name, buffer);
        _values.Add(name, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.Memory, shape.Dimensions.ToArray()));
    }

    private void AddIntegers(string name, TensorShape shape)
    {
        var buffer = new AlignedBuffer<long>(shape.ElementCount);
        _integers.Add(name, buffer);
        _values.Add(name, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.Memory, shape.Dimensions.ToArray()));
    }

    private EdgeHostException Missing(string input, string kind)
        => new(ErrorCode.NotFound, $"The network has no input '{input}' of {kind}; it has {string.Join(", ", Inputs.Select(i => $"'{i.Name}' ({i.Type})"))}.");
}
