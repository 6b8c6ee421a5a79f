using System.Text.Json;
using EdgeHost.Jobs.Specs;
using EdgeHost.Training.Data;
using EdgeHost.Training.Networks;

namespace EdgeHost.Jobs.Data;

/// <summary>Reads the examples of a specification. They are all learned from, and measured with.</summary>
internal static class InlineReader
{
    private const string Warning = "Inline examples are learned from and measured with; the figures say nothing of other ones.";

    public static JobData Read(JobSpec spec, IReadOnlyList<string> labelsBefore)
    {
        var inline = spec.Inline!;
        var columns = spec.Shape.Inputs.Select(input => (Input: input, Rows: RowsOf(input.Name, inline.Inputs[input.Name]))).ToList();
        var count = columns[0].Rows.Count;
        if (count == 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, "There are no examples in 'data.inputs'; training wants at least one.");
        foreach (var (input, rows) in columns.Where(column => column.Rows.Count != count))
        {
            throw Wrong($"'data.inputs.{input.Name}' has {rows.Count} examples, and '{columns[0].Input.Name}' has {count}");
        }

        var data = new ArrayData(count);
        var bytes = 0L;
        foreach (var (input, rows) in columns)
        {
            bytes += count * input.Shape.ElementCount * sizeof(long);
            if (input.Type == ElementType.Float32) data.Add(input.Name, [.. rows.SelectMany((row, i) => Numbers(input, row, i))]);
            else data.Add(input.Name, [.. rows.SelectMany((row, i) => Ids(input, row, i))]);
        }

        if (inline.Labels is { } labels) return Classes(spec, data, labels, labelsBefore, bytes);
        if (inline.Targets is not { } given) return Of(new DataPart { Data = data }, [], bytes, []);
        var output = new BatchInput("targets", ElementType.Float32, spec.Shape.OutputShape);
        var targetRows = RowsOf("targets", given);
        if (targetRows.Count != count) throw Wrong($"'data.targets' has {targetRows.Count} examples, and 'data.inputs' has {count}");
        float[] targets = [.. targetRows.SelectMany((row, i) => Numbers(output, row, i))];
        return Of(new DataPart { Data = data.Add(spec.Shape.Target!.Name, targets), Targets = targets }, [], bytes, []);
    }

    private static JobData Classes(JobSpec spec, ArrayData data, IReadOnlyList<string> given, IReadOnlyList<string> before, long bytes)
    {
        if (given.Count != data.Count) throw Wrong($"'data.labels' has {given.Count} labels, and 'data.inputs' has {data.Count} examples");
        if (given.Distinct(StringComparer.Ordinal).Count() == 1)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"All examples have the label '{given[0]}'; give examples of at least one other label.");
        }

        var labels = LabelTable.Of(given, before);
        var room = NetworkRules.ClassesOf(spec);
        if (labels.Count > room) throw Wrong($"There are {labels.Count} labels, and the network tells {room} apart; make the last layer {labels.Count} wide");
        List<string> warnings = labels.Count < room ? [$"The network tells {room} labels apart, and the examples have {labels.Count}."] : [];
        var places = labels.Index().ToDictionary(static entry => entry.Item, static entry => entry.Index, StringComparer.Ordinal);
        int[] classes = [.. given.Select(label => places[label])];
        return Of(new DataPart { Data = ClassTargets.AddTo(data, spec, classes), Classes = classes }, labels, bytes, warnings);
    }

    private static JobData Of(DataPart part, IReadOnlyList<string> labels, long bytes, List<string> warnings)
        => new() { Train = part, Validation = null, Test = null, Labels = labels, Warnings = [.. warnings, Warning], Bytes = bytes };

    private static List<JsonElement> RowsOf(string name, JsonElement list)
        => list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : throw Wrong($"'{name}' must be a list with an item for each example");

    private static float[] Numbers(BatchInput input, JsonElement row, int example)
        => [.. Flat(input, row, example).Select(value => value.TryGetSingle(out var number) && float.IsFinite(number) ? number : throw Wrong($"'{input.Name}' of example {example} has {value.GetRawText()}, which is no finite number"))];

    private static long[] Ids(BatchInput input, JsonElement row, int example)
        => [.. Flat(input, row, example).Select(value => value.TryGetInt64(out var number) ? number : throw Wrong($"'{input.Name}' of example {example} has {value.GetRawText()}, which is no whole number"))];

    private static List<JsonElement> Flat(BatchInput input, JsonElement row, int example)
    {
        var values = new List<JsonElement>();
        Collect(row);
        return values.Count == input.Shape.ElementCount
            ? values
            : throw Wrong($"'{input.Name}' of example {example} has {values.Count} values, and the network takes {input.Shape}, which is {input.Shape.ElementCount}");

        void Collect(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray()) Collect(item);
            }
            else if (element.ValueKind == JsonValueKind.Number)
            {
                values.Add(element);
            }
            else
            {
                throw Wrong($"'{input.Name}' of example {example} has {element.GetRawText()}, which is no number");
            }
        }
    }

    private static EdgeHostException Wrong(string problem) => new(ErrorCode.InvalidArgument, $"{problem}.");
}
