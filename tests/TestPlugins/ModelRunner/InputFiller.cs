using System.Runtime.InteropServices;
using EdgeHost;
using EdgeHost.PluginSdk;

namespace TestPlugins.ModelRunner;

/// <summary>Makes the inputs of a model from its own description. Not thread-safe.</summary>
internal sealed class InputFiller(IModelLease lease, IReadOnlyList<RunInput> given)
{
    // Small and of both signs, so that no activation saturates and no kernel meets denormal numbers.
    private static readonly float[] Pattern = [.. Enumerable.Range(0, 61).Select(static i => ((i * 37 % 61) - 30) / 300f)];

    public List<NamedValue> Create()
    {
        foreach (var input in given)
        {
            if (lease.Model.Inputs.All(known => known.Name != input.Name))
            {
                var names = string.Join(", ", lease.Model.Inputs.Select(static known => known.Name));
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{lease.Model.Id}' has no input '{input.Name}'; it has {names}.");
            }
        }

        var values = new List<NamedValue>();
        try
        {
            foreach (var description in lease.Model.Inputs)
            {
                values.Add(new NamedValue(description.Name, CreateValue(description, given.FirstOrDefault(input => input.Name == description.Name))));
            }

            return values;
        }
        catch
        {
            foreach (var value in values) value.Value.Dispose();
            throw;
        }
    }

    private ModelValue CreateValue(TensorDescription description, RunInput? input)
    {
        var shape = input is { Shape.Count: > 0 }
            ? new TensorShape([.. input.Shape])
            : new TensorShape([.. description.Shape.Dimensions.ToArray().Select(static dimension => Math.Max(1, dimension))]);
        var value = lease.CreateValue(description.ElementType, shape);
        try
        {
            Fill(value, input?.Value);
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    private static void Fill(ModelValue value, double? content)
    {
        switch (value.ElementType)
        {
            case ElementType.Float32 when content is null:
                var elements = value.AsSpan<float>();
                for (var i = 0; i < elements.Length; i += Pattern.Length) Pattern.AsSpan(0, Math.Min(Pattern.Length, elements.Length - i)).CopyTo(elements[i..]);
                break;
            case ElementType.Float32:
                value.AsSpan<float>().Fill((float)content);
                break;
            case ElementType.Int64:
                value.AsSpan<long>().Fill((long)(content ?? 0));
                break;
            case ElementType.Int32:
                value.AsSpan<int>().Fill((int)(content ?? 0));
                break;
            case ElementType.Bool:
                value.AsSpan<bool>().Fill(content is not null and not 0);
                break;
            case ElementType.UInt8:
                MemoryMarshal.AsBytes(value.AsSpan<byte>()).Fill((byte)(content ?? 0));
                break;
            default:
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"Inputs of {value.ElementType} are not made here.");
        }
    }
}
