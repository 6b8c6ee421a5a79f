namespace EdgeHost.ModelTools.Optimising;

/// <summary>
/// Stores weights as 16-bit floats and lets the engine widen them once, when it loads the model: half of the file, the same speed, and errors of at most one in 2,048 of each value.
/// Values beyond 65,504 stay as they are. Static and thread-safe on different models.
/// </summary>
public static class Float16Storage
{
    /// <summary>Rewrites a model in place.</summary>
    /// <param name="model">The model, cleaned.</param>
    /// <param name="options">Which weights; those of <see cref="QuantisationOptions.Keep"/> stay 32-bit floats.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: weights lie in a file beside the model.</exception>
    public static QuantisationReport Store(ModelProto model, QuantisationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var editor = new GraphEditor(model);
        var nodes = new List<NodeProto>();
        var count = new WeightQuantiser.Counter();
        foreach (var layer in WeightLayer.Find(editor, options))
        {
            count.Before += layer.Elements * sizeof(float);
            if (options.Keep.Contains(layer.Name)) count.After += layer.Elements * sizeof(float);
            else Store(editor, layer, nodes, count);
        }

        editor.InsertFirst(nodes);
        return count.ToReport();
    }

    internal static void Store(GraphEditor editor, WeightLayer layer, List<NodeProto> nodes, WeightQuantiser.Counter count)
    {
        var tensor = editor.Constant(layer.Name)!;
        var values = tensor.ToArray<float>();
        if (values.Any(value => float.IsFinite(value) && Math.Abs(value) > (float)Half.MaxValue))
        {
            count.After += layer.Elements * sizeof(float);
            return;
        }

        editor.RemoveConstant(layer.Name);
        var half = editor.AddHalfConstant($"{layer.Name}_f16", tensor, values);
        nodes.Add(new NodeProto
        {
            Operator = "Cast",
            Name = editor.FreeName($"{layer.Name}_widened"),
            Inputs = { half },
            Outputs = { layer.Name },
            Attributes = { AttributeProto.Of("to", (long)ElementType.Float32) },
        });
        count.Halved++;
        count.After += layer.Elements * 2;
    }
}
