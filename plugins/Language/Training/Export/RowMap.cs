using EdgeHost.ModelTools;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>Lets tables that have rows for some of the pieces take the rows of all of them: a map between them becomes part of the model.</summary>
internal static class RowMap
{
    private const string Map = "pieces/map";
    private const string Short = "pieces/short";
    private const string Mapped = "pieces/mapped";

    /// <summary>Changes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The tables' row for each of those that are given, below 65,536.</param>
    /// <param name="tables">The tables' names.</param>
    public static void Apply(ModelProto model, int[] rows, params ReadOnlySpan<string> tables)
    {
        var graph = model.Graph!;
        var names = tables.ToArray();
        var gathers = graph.Nodes.Where(node => node.Operator == "Gather" && names.Any(table => node.Inputs[0] == table || node.Inputs[0] == $"{table}/scale")).ToList();
        graph.Initializers.Add(TensorProto.Of<ushort>(Map, new TensorShape(rows.Length), Array.ConvertAll(rows, row => checked((ushort)row))));
        var first = graph.Nodes.IndexOf(gathers[0]);
        graph.Nodes.Insert(first, new NodeProto { Operator = "Gather", Name = "pieces/map_rows", Inputs = { Map, gathers[0].Inputs[1] }, Outputs = { Short }, Attributes = { AttributeProto.Of("axis", 0) } });
        graph.Nodes.Insert(first + 1, new NodeProto { Operator = "Cast", Name = "pieces/cast_rows", Inputs = { Short }, Outputs = { Mapped }, Attributes = { AttributeProto.Of("to", (long)ElementType.Int32) } });
        foreach (var gather in gathers) gather.Inputs[1] = Mapped;
    }
}
