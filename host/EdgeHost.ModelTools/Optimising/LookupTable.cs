namespace EdgeHost.ModelTools.Optimising;

/// <summary>Tables that rows are looked up in: 8 bits a value and a scale a row, in memory too; only rows that are looked up are multiplied out.</summary>
internal static class LookupTable
{
    public static bool TryRewrite(GraphEditor editor, WeightLayer layer, TensorProto tensor, WeightQuantiser.Counter count)
    {
        var readers = editor.Readers(layer.Name);
        if (tensor.Dimensions.Count != 2 || editor.IsNeededByName(layer.Name) || readers.Any(reader => !LooksUpRows(reader, layer.Name))) return false;
        var (rows, width) = ((int)tensor.Dimensions[0], (int)tensor.Dimensions[1]);
        var (rounded, scales) = Rounding.ToInt8(tensor.ToArray<float>(), rows, width);
        editor.RemoveConstant(layer.Name);
        var table = editor.AddConstant<sbyte>($"{layer.Name}_q8", new TensorShape(rows, width), rounded);
        var scale = editor.AddConstant<float>($"{layer.Name}_scale", new TensorShape(rows, 1), scales);
        foreach (var reader in readers) Rewrite(editor, reader, table, scale);
        count.After += rounded.Length + (scales.Length * sizeof(float));
        return true;
    }

    private static bool LooksUpRows(NodeProto reader, string name)
        => reader.Operator == "Gather" && reader.Domain.Length == 0 && reader.Inputs[0] == name
            && (reader.Attributes.FirstOrDefault(attribute => attribute.Name == "axis")?.IntegerValue ?? 0) == 0;

    private static void Rewrite(GraphEditor editor, NodeProto gather, string table, string scale)
    {
        var output = gather.Outputs[0];
        var rows = editor.FreeName($"{output}_rows");
        var widened = editor.FreeName($"{output}_widened");
        var scales = editor.FreeName($"{output}_scales");
        gather.Inputs[0] = table;
        gather.Outputs[0] = rows;
        var at = editor.Graph.Nodes.IndexOf(gather);
        NodeProto[] nodes =
        [
            new() { Operator = "Cast", Name = widened, Inputs = { rows }, Outputs = { widened }, Attributes = { AttributeProto.Of("to", (long)ElementType.Float32) } },
            new() { Operator = "Gather", Name = scales, Inputs = { scale, gather.Inputs[1] }, Outputs = { scales } },
            new() { Operator = "Mul", Name = editor.FreeName($"{output}_scaled"), Inputs = { widened, scales }, Outputs = { output } },
        ];
        foreach (var node in nodes) editor.Graph.Nodes.Insert(++at, node);
    }
}
