using System.Security.Cryptography;

namespace EdgeHost.ModelTools.Optimising;

/// <summary>
/// Takes out of a graph what no result depends on: constants in nodes become initialisers, nodes that only pass a value on and nodes and constants that nobody reads go, equal
/// constants become one. Results are the same to the bit. Graphs inside of nodes are left as they are. Static and thread-safe on different models.
/// </summary>
public static class GraphCleaner
{
    /// <summary>Cleans a model in place.</summary>
    /// <param name="model">The model.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the model has no graph.</exception>
    public static CleaningReport Clean(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var editor = new GraphEditor(model);
        var hoisted = Hoist(editor);
        var removed = RemovePassing(editor);
        var merged = Merge(editor.Graph, new GraphEditor(model));
        var (nodes, constants) = RemoveUnread(model);
        return new CleaningReport(hoisted, removed + nodes, merged, constants);
    }

    private static int Hoist(GraphEditor editor)
    {
        var hoisted = 0;
        var graph = editor.Graph;
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (node.Operator != "Constant" || node.Domain.Length > 0 || node.Attributes.FirstOrDefault(a => a.Name == "value")?.TensorValue is not { } tensor) continue;
            tensor.Name = node.Outputs[0];
            graph.Initializers.Add(tensor);
            graph.Nodes.RemoveAt(i);
            hoisted++;
        }

        return hoisted;
    }

    private static int RemovePassing(GraphEditor editor)
    {
        var removed = 0;
        var graph = editor.Graph;
        var replaced = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            for (var k = 0; k < node.Inputs.Count; k++) node.Inputs[k] = replaced.GetValueOrDefault(node.Inputs[k], node.Inputs[k]);
            if (!Passes(editor, node)) continue;
            replaced[node.Outputs[0]] = node.Inputs[0];
            graph.Nodes.RemoveAt(i--);
            removed++;
        }

        return removed;
    }

    // The mask of a dropout, and a value that is known outside under its name, have to be made.
    private static bool Passes(GraphEditor editor, NodeProto node)
        => node.Domain.Length == 0
            && node.Operator is "Identity" or "Dropout"
            && !editor.IsNeededByName(node.Outputs[0])
            && node.Outputs.Skip(1).All(output => output.Length == 0 || (editor.Readers(output).Count == 0 && !editor.IsNeededByName(output)))
            && (node.Operator == "Identity" || node.Inputs.Count < 3);

    private static int Merge(GraphProto graph, GraphEditor editor)
    {
        var merged = 0;
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var inputs = graph.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializers.ToArray())
        {
            if (tensor.RawData.IsEmpty || inputs.Contains(tensor.Name) || editor.IsNeededByName(tensor.Name)) continue;
            var key = $"{tensor.Type}[{string.Join(',', tensor.Dimensions)}]{Convert.ToHexString(SHA256.HashData(tensor.RawData.Span))}";
            if (first.TryAdd(key, tensor.Name)) continue;
            foreach (var reader in editor.Readers(tensor.Name))
            {
                for (var k = 0; k < reader.Inputs.Count; k++)
                {
                    if (reader.Inputs[k] == tensor.Name) reader.Inputs[k] = first[key];
                }
            }

            graph.Initializers.Remove(tensor);
            merged++;
        }

        return merged;
    }

    private static (int Nodes, int Constants) RemoveUnread(ModelProto model)
    {
        var editor = new GraphEditor(model);
        var graph = editor.Graph;
        var read = new HashSet<string>(editor.OutputNames, StringComparer.Ordinal);
        var nodes = 0;
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (node.Outputs.Any(output => read.Contains(output) || editor.IsNeededByName(output))) read.UnionWith(node.Inputs);
            else
            {
                graph.Nodes.RemoveAt(i);
                nodes++;
            }
        }

        var unread = graph.Initializers.Where(tensor => !read.Contains(tensor.Name) && !editor.IsNeededByName(tensor.Name)).ToArray();
        foreach (var tensor in unread) editor.RemoveConstant(tensor.Name);
        var values = graph.Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        foreach (var value in graph.Values.Where(value => !values.Contains(value.Name)).ToArray()) graph.Values.Remove(value);
        return (nodes, unread.Length);
    }
}
