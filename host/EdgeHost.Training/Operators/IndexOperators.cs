using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Operators;

/// <summary>Operators that take elements by their index.</summary>
public static class IndexOperators
{
    /// <summary>Rows of a table: [..] of ids and [rows, width] become [.., width]. An id that is no row fails the step.</summary>
    public static GraphValue Rows(this NetworkBuilder net, GraphValue table, GraphValue ids)
    {
        if (table.Rank != 2 || ids.Type != ElementType.Int64) throw net.Wrong($"takes rows of a matrix by Int64 ids, and got {table.Shape} and {ids.Type} {ids.Shape}");
        var rows = net.Graph.Node("Gather", new TensorShape([.. ids.Shape.Dimensions, table.Shape[1]]), [table, ids], null, AttributeProto.Of("axis", 0));
        net.Tape.Record([rows], [table], (gradients, g) => gradients.Add(table, () =>
        {
            var one = ids.Shape.ElementCount;
            var indices = net.Reshape(ids, new TensorShape(one, 1));
            return net.Graph.Node(
                "ScatterND",
                table.Shape,
                [net.Expand(net.Constant(0), table.Shape), indices, net.Reshape(g[0]!, new TensorShape(one, table.Shape[1]))],
                null,
                AttributeProto.Of("reduction", "add"));
        }));
        return rows;
    }
}
