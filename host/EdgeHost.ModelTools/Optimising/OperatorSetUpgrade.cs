namespace EdgeHost.ModelTools.Optimising;

/// <summary>Brings models of ONNX's operator sets below 10, which have no operators of 8-bit integers, to 10. Static.</summary>
internal static class OperatorSetUpgrade
{
    private const long Wanted = 10;

    // What means something else in 10, and is rarely met in models of 9.
    private static readonly string[] Unsupported = ["Upsample", "TopK", "Resize"];

    /// <summary>Changes a model in place, where it needs it.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it cannot be brought there.</exception>
    public static void Ensure(ModelProto model, GraphEditor editor)
    {
        var found = editor.OperatorSet;
        if (found >= Wanted) return;
        if (found < 9 || editor.Graph.Nodes.FirstOrDefault(node => Unsupported.Contains(node.Operator)) is not null)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"The model is of operator set {found}; 8-bit convolutions are from {Wanted} on. Export it with a newer set, or use another method.");
        }

        foreach (var slice in editor.Graph.Nodes.Where(node => node.Operator == "Slice" && node.Domain.Length == 0)) ToInputs(editor, slice);
        model.OperatorSets.First(set => set.Domain is "" or "ai.onnx").Version = Wanted;
    }

    // From 10 on a slice takes from where to where as inputs.
    private static void ToInputs(GraphEditor editor, NodeProto slice)
    {
        var starts = Values(slice, "starts") ?? [];
        var ends = Values(slice, "ends") ?? [];
        var axes = Values(slice, "axes") ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        foreach (var (name, values) in new[] { ("starts", starts), ("ends", ends), ("axes", axes) })
        {
            slice.Inputs.Add(editor.AddConstant<long>($"{slice.Outputs[0]}_{name}", new TensorShape(values.Length), values));
        }

        slice.Attributes.Clear();
    }

    private static long[]? Values(NodeProto node, string name) => node.Attributes.FirstOrDefault(attribute => attribute.Name == name)?.IntegerValues.ToArray();
}
