using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Optimising;
using EdgeHost.Optimisation.Examples;

namespace EdgeHost.Optimisation.Measuring;

/// <summary>
/// Measures between what the values inside of a model lie. The ends of a tensor's range are percentiles of its values, the furthest of all examples: a lone large value would
/// otherwise make all steps coarse. Static and thread-safe.
/// </summary>
public static class Calibrator
{
    // Sorting more of a tensor changes nothing in the ends.
    private const int MostSorted = 65_536;

    /// <summary>Runs the model and looks at the values.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="names">Which values; those of another type than 32-bit floats are left out.</param>
    /// <param name="examples">What is typical of its use; 100 and more are good.</param>
    /// <param name="percentile">How much of a tensor's values lie within the range, in percent, above 90 to 100.</param>
    /// <param name="cancellationToken">Stops between two examples.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: no examples, a percentile out of its range, or the model does not take an example.</exception>
    public static IReadOnlyDictionary<string, ValueRange> Measure(
        ModelProto model, IReadOnlyList<string> names, IReadOnlyList<ModelExample> examples, double percentile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, "There are no examples to measure ranges on.");
        if (percentile is not (> 90 and <= 100)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A percentile of {percentile} is not between 90 and 100.");
        var ranges = new Dictionary<string, ValueRange>(StringComparer.Ordinal);
        var inputs = model.Graph!.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(inputs.Contains))
        {
            foreach (var example in examples)
            {
                if (example.Inputs.TryGetValue(name, out var tensor) && tensor.Type == ElementType.Float32) Widen(ranges, name, tensor.ToArray<float>(), percentile);
            }
        }

        var inner = names.Where(name => !inputs.Contains(name)).ToArray();
        if (inner.Length == 0) return ranges;
        using var runner = new SessionRunner(WithOutputs(model, inner), inner);
        foreach (var example in examples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var prepared = runner.Prepare(example);
            var outputs = runner.Run(prepared);
            for (var i = 0; i < inner.Length; i++)
            {
                if (outputs[i].Values.Length > 0) Widen(ranges, inner[i], outputs[i].Values, percentile);
            }
        }

        return ranges;
    }

    private static ReadOnlyMemory<byte> WithOutputs(ModelProto model, string[] names)
    {
        var copy = ModelProto.Parse(model.ToBytes());
        var known = copy.Graph!.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !known.Contains(name))) copy.Graph.Outputs.Add(new ValueInfoProto { Name = name });
        return copy.ToBytes();
    }

    private static void Widen(Dictionary<string, ValueRange> ranges, string name, float[] values, double percentile)
    {
        var (low, high) = EndsOf(values, percentile);
        ranges[name] = ranges.TryGetValue(name, out var range) ? new ValueRange(Math.Min(range.Least, low), Math.Max(range.Most, high)) : new ValueRange(low, high);
    }

    private static (float Low, float High) EndsOf(float[] values, double percentile)
    {
        var finite = Array.FindAll(values, float.IsFinite);
        if (finite.Length == 0) return (0, 0);
        if (percentile >= 100) return (finite.Min(), finite.Max());
        var step = Math.Max(1, finite.Length / MostSorted);
        var sample = finite.Where((_, i) => i % step == 0).ToArray();
        Array.Sort(sample);
        var cut = (int)(sample.Length * (100 - percentile) / 200);
        return (sample[cut], sample[^(cut + 1)]);
    }
}
