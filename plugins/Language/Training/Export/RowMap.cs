using EdgeHost.ModelTools;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>Lets a table that has rows for some of the pieces take the rows of all of them: a map between them becomes part of the model.</summary>
internal static class RowMap
{
    /// <summary>Changes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="rows">The table's row for each of those that are given.</param>
    public static void Apply(ModelProto model, string table, int[] rows)
    {
        var graph = model.Graph!;
        var (map, mapped) = ($"{table}/map", $"{table}/mapped");
        var gathers = graph.Nodes.Where(node => node.Operator == "Gather" && (node.Inputs[0] == table || node.Inputs[0] == $"{table}/scale")).ToList();
        graph.Initializers.Add(TensorProto.Of<int>(map, new TensorShape(rows.Length), rows));
        graph.Nodes.Insert(graph.Nodes.IndexOf(gathers[0]), new NodeProto { Operator = "Gather", Name = $"{table}/map_rows", Inputs = { map, gathers[0].Inputs[1] }, Outputs = { mapped }, Attributes = { AttributeProto.Of("axis", 0) } });
        foreach (var gather in gathers) gather.Inputs[1] = mapped;
    }
}
