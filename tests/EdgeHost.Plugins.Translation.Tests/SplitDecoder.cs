using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>A decoder with both branches as if it were one of two files: the first step's, which takes no caches, or that of the later ones.</summary>
internal sealed class SplitDecoder : IModelLease
{
    private readonly IModelLease _merged;
    private readonly bool _isFirst;

    public SplitDecoder(IModelLease merged, bool isFirst)
    {
        (_merged, _isFirst) = (merged, isFirst);
        var model = merged.Model;
        Model = new ModelDescription
        {
            Id = model.Id,
            Version = model.Version,
            Variant = model.Variant,
            Device = model.Device,
            DeviceKind = model.DeviceKind,
            Inputs = [.. model.Inputs.Where(input => !IsHidden(input.Name))],
            Outputs = [.. model.Outputs.Where(output => isFirst || !output.Name.Contains(".encoder.", StringComparison.Ordinal))],
        };
    }

    public ModelDescription Model { get; }

    public ModelValue CreateValue(ElementType elementType, TensorShape shape) => _merged.CreateValue(elementType, shape);

    public async ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
    {
        Assert.Equal(Model.Inputs.Select(static input => input.Name).Order(), step.Inputs.Select(static input => input.Name).Order());
        var rows = step.Inputs.Single(static input => input.Name == "input_ids").Value.Shape[0];
        var added = new List<NamedValue>();
        try
        {
            foreach (var input in _merged.Model.Inputs.Where(input => IsHidden(input.Name)))
            {
                var shape = new TensorShape([.. Enumerable.Range(0, input.Shape.Rank).Select(axis => input.Shape[axis] >= 0 ? input.Shape[axis] : axis == 0 ? rows : input.Name.StartsWith("past", StringComparison.Ordinal) ? 0 : 1)]);
                var value = _merged.CreateValue(input.ElementType, input.Name == "use_cache_branch" ? new TensorShape(1) : shape);
                if (input.ElementType == ElementType.Bool) value.AsSpan<bool>()[0] = !_isFirst;
                added.Add(new NamedValue(input.Name, value));
            }

            return await _merged.RunAsync(new ModelStep { Inputs = [.. step.Inputs, .. added], Outputs = step.Outputs }, cancellationToken);
        }
        finally
        {
            foreach (var input in added) input.Value.Dispose();
        }
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken) => _merged.ReadFileAsync(name, cancellationToken);

    public void Dispose() => _merged.Dispose();

    private bool IsHidden(string input) => input == "use_cache_branch" || (_isFirst ? input.StartsWith("past_key_values.", StringComparison.Ordinal) : input == "encoder_hidden_states");
}
