using EdgeHost.PluginSdk;
using EdgeHost.Training.Data;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Specs;

namespace EdgeHost.Jobs.Plugins;

/// <summary>Checks what a plugin gives a network to learn from.</summary>
internal static class CallData
{
    /// <summary>The tables by name.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: one is wrong.</exception>
    public static Dictionary<string, NetworkTable> TablesOf(TrainingRequest request)
    {
        var tables = new Dictionary<string, NetworkTable>(StringComparer.Ordinal);
        foreach (var table in request.Tables)
        {
            if (table.Width < 1 || table.Values.IsEmpty || table.Values.Length % table.Width != 0)
            {
                throw Wrong($"The table '{table.Name}' has {table.Values.Length} numbers in rows of {table.Width}; it wants whole rows, at least one.");
            }

            CheckFinite($"The table '{table.Name}'", table.Values);
            if (!tables.TryAdd(table.Name, new NetworkTable(table.Width, table.Values))) throw Wrong($"Two tables are called '{table.Name}'.");
        }

        return tables;
    }

    /// <summary>The examples: a copy.</summary>
    /// <param name="request">What the plugin gave.</param>
    /// <param name="shape">What the network wants.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: they do not fit.</exception>
    public static ArrayData Read(TrainingRequest request, NetworkDescription shape)
    {
        var data = new ArrayData(request.Examples);
        if (request.Columns.Count == 0)
        {
            if (shape is not { Inputs: [{ Type: ElementType.Float32 } input], Target: { Type: ElementType.Float32 } target })
            {
                throw Wrong("A network that learns from 'Inputs' and 'Targets' must have one input of float32, and a loss whose target is of float32; give others their 'Columns'.");
            }

            Check("Inputs", request.Inputs.Length, request.Examples, input);
            CheckFinite("Inputs", request.Inputs);
            Check("Targets", request.Targets.Length, request.Examples, target);
            CheckFinite("Targets", request.Targets);
            return data.Add(input.Name, request.Inputs.ToArray()).Add(target.Name, request.Targets.ToArray());
        }

        if (!request.Inputs.IsEmpty || !request.Targets.IsEmpty) throw Wrong("Give 'Columns', or 'Inputs' and 'Targets'; not both.");
        List<BatchInput> wanted = shape.Target is { } own ? [.. shape.Inputs, own] : [.. shape.Inputs];
        foreach (var input in wanted)
        {
            var columns = request.Columns.Where(column => column.Name == input.Name).ToList();
            if (columns is not [var column]) throw Wrong($"The network reads '{input.Name}' ({input.Type}), which {(columns.Count == 0 ? "no column has" : "several columns have")}; there are {string.Join(", ", request.Columns.Select(static other => $"'{other.Name}'"))}.");
            if (input.Type == ElementType.Float32)
            {
                if (!column.Ids.IsEmpty) throw Wrong($"The column '{input.Name}' has ids, and the network wants numbers.");
                Check($"The column '{input.Name}'", column.Numbers.Length, request.Examples, input);
                CheckFinite($"The column '{input.Name}'", column.Numbers);
                data.Add(input.Name, column.Numbers.ToArray());
            }
            else
            {
                if (!column.Numbers.IsEmpty) throw Wrong($"The column '{input.Name}' has numbers, and the network wants ids.");
                Check($"The column '{input.Name}'", column.Ids.Length, request.Examples, input);
                data.Add(input.Name, column.Ids.ToArray());
            }
        }

        foreach (var column in request.Columns.Where(column => wanted.TrueForAll(input => input.Name != column.Name))) throw Wrong($"The network reads no '{column.Name}'.");
        return data;
    }

    /// <summary>Bytes of what was given.</summary>
    public static double BytesOf(TrainingRequest request)
        => ((request.Inputs.Length + (double)request.Targets.Length) * sizeof(float))
            + request.Columns.Sum(static column => (column.Numbers.Length * (double)sizeof(float)) + (column.Ids.Length * (double)sizeof(long)))
            // As given, in the graph's file, and in the session.
            + request.Tables.Sum(static table => 3.0 * table.Values.Length * sizeof(float));

    /// <summary>An error of a request.</summary>
    public static EdgeHostException Wrong(string problem) => new(ErrorCode.InvalidArgument, problem);

    private static void Check(string what, int given, int examples, BatchInput input)
    {
        var wanted = examples * input.Shape.ElementCount;
        if (given != wanted) throw Wrong($"{what} has {given} {(input.Type == ElementType.Float32 ? "numbers" : "ids")}; {examples} examples of {input.Shape} are {wanted}.");
    }

    private static void CheckFinite(string what, ReadOnlyMemory<float> given)
    {
        if (given.Span.ContainsAny(float.NaN, float.PositiveInfinity, float.NegativeInfinity)) throw Wrong($"{what} has a number that is not finite.");
    }
}
