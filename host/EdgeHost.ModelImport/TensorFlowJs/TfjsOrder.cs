using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>Finds an order in which the nodes can run. Does not recurse: a file of strangers may be a chain of any length.</summary>
internal static class TfjsOrder
{
    /// <summary>The nodes that others depend on, with these, in no order: also those of loops, and without asking whether all is there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="wanted">Names of the nodes whose values are wanted.</param>
    public static IReadOnlyCollection<TfjsNode> Needed(TfjsModel model, IEnumerable<string> wanted)
    {
        var needed = new Dictionary<string, TfjsNode>(StringComparer.Ordinal);
        var open = new Queue<string>(wanted);
        while (open.TryDequeue(out var name))
        {
            if (!model.Nodes.TryGetValue(name, out var node) || !needed.TryAdd(name, node)) continue;
            foreach (var input in node.Inputs) open.Enqueue(input.Node);
        }

        return needed.Values;
    }

    /// <summary>The same nodes, each after those that it reads.</summary>
    /// <inheritdoc cref="Needed" path="/param"/>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a node reads what is not there, or itself through others.</exception>
    public static IReadOnlyList<TfjsNode> Of(TfjsModel model, IEnumerable<string> wanted)
    {
        var order = new List<TfjsNode>();
        var isDone = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in wanted) Visit(model, name, order, isDone);
        return order;
    }

    private static void Visit(TfjsModel model, string root, List<TfjsNode> order, Dictionary<string, bool> isDone)
    {
        var path = new Stack<(TfjsNode Node, int Next)>();
        Enter(root, "the signature");
        while (path.TryPop(out var top))
        {
            if (top.Next == top.Node.Inputs.Count)
            {
                isDone[top.Node.Name] = true;
                order.Add(top.Node);
                continue;
            }

            path.Push((top.Node, top.Next + 1));
            Enter(top.Node.Inputs[top.Next].Node, top.Node.Name);
        }

        void Enter(string name, string reader)
        {
            if (!model.Nodes.TryGetValue(name, out var node)) throw ImportProblem.Damaged($"'{ImportProblem.Name(reader)}' reads '{ImportProblem.Name(name)}', which is not there");
            if (isDone.TryAdd(name, false)) path.Push((node, 0));
            else if (!isDone[name]) throw ImportProblem.Damaged($"'{ImportProblem.Name(name)}' depends on itself; loops are not read");
        }
    }
}
