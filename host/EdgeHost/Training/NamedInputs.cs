using EdgeHost.Capabilities.Training;
using EdgeHost.Jobs.Results;
using EdgeHost.PluginSdk;

namespace EdgeHost.Host.Training;

/// <summary>The inputs of models that learned from examples in their specification: values by name, numbers or ids.</summary>
internal static class NamedInputs
{
    // Whole numbers that every client can say exactly.
    private const double LargestId = 1L << 53;

    /// <summary>Checks what is asked against what the model takes.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a name or a value is missing, unknown or out of range; says which and what the model takes.</exception>
    public static void Check(TrainedModelCard card, IReadOnlyList<PredictInput> inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is not { Values: { } values, Text: null, Features: null, Data: null }) throw Wrong(card, i, "must have 'values' and nothing else");
            foreach (var name in values.Keys.Where(name => card.Inputs.All(input => input.Name != name))) throw Wrong(card, i, $"has values for '{name}', which is no input");
            foreach (var input in card.Inputs)
            {
                if (!values.TryGetValue(input.Name, out var given)) throw Wrong(card, i, $"has no values for '{input.Name}'");
                if (given.Count != LengthOf(input)) throw Wrong(card, i, $"has {given.Count} values for '{input.Name}'");
                var wrong = IsFloat(input) ? given.FirstOrDefault(static value => !float.IsFinite((float)value), 0) : given.FirstOrDefault(static value => !(Math.Abs(value) <= LargestId) || value != Math.Truncate(value), 0);
                if (wrong != 0) throw Wrong(card, i, $"has {wrong} for '{input.Name}', which is no {(IsFloat(input) ? "finite" : "whole")} number");
            }
        }
    }

    /// <summary>Makes the values of some of the inputs; the caller disposes them.</summary>
    public static IReadOnlyList<NamedValue> Create(TrainedModelCard card, IModelLease lease, PredictInput[] inputs)
    {
        var created = new List<NamedValue>(card.Inputs.Count);
        try
        {
            foreach (var input in card.Inputs)
            {
                var value = lease.CreateValue(IsFloat(input) ? ElementType.Float32 : ElementType.Int64, new TensorShape([inputs.Length, .. input.Shape]));
                created.Add(new NamedValue(input.Name, value));
                var numbers = inputs.SelectMany(given => given.Values![input.Name]);
                if (IsFloat(input)) numbers.Select(static number => (float)number).ToArray().CopyTo(value.AsSpan<float>());
                else numbers.Select(static number => (long)number).ToArray().CopyTo(value.AsSpan<long>());
            }

            return created;
        }
        catch
        {
            foreach (var input in created) input.Value.Dispose();
            throw;
        }
    }

    /// <summary>The inputs as a message names them.</summary>
    public static string Describe(TrainedModelCard card)
        => string.Join(", ", card.Inputs.Select(static input => $"'{input.Name}' ({(IsFloat(input) ? "numbers" : "ids")} [{string.Join(", ", input.Shape)}])"));

    private static bool IsFloat(ModelTensor input) => input.Type == "float32";

    private static long LengthOf(ModelTensor input) => input.Shape.Aggregate(1L, static (product, dimension) => product * dimension);

    private static EdgeHostException Wrong(TrainedModelCard card, int index, string problem)
        => new(ErrorCode.InvalidArgument, $"Input {index} {problem}; '{card.Model}' takes {Describe(card)}.");
}
