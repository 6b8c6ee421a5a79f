namespace EdgeHost.ModelTools.Optimising;

/// <summary>
/// Stores weights in fewer bits; what is computed with stays a 32-bit float, except in 4-bit products. 8-bit weights are multiplied out by nodes that the engine runs once, when it
/// loads the model: a quarter of the file at the same speed. Tables that are only looked up in stay small in memory too. 4-bit products are ONNX Runtime's <c>MatMulNBits</c>.
/// Static and thread-safe on different models.
/// </summary>
public static class WeightQuantiser
{
    /// <summary>Rewrites a model in place.</summary>
    /// <param name="model">The model, cleaned (<see cref="GraphCleaner"/>): weights in nodes are not seen.</param>
    /// <param name="bits">8, or 4: then matrices and tables have 4 and other weights 8.</param>
    /// <param name="options">Which weights, and how.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: other bits, or an option out of its range; <see cref="ErrorCode.FailedPrecondition"/>: weights lie in a file beside the model.
    /// </exception>
    public static QuantisationReport Quantise(ModelProto model, int bits, QuantisationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (bits is not (4 or 8)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"{bits} bits are not offered; choose 8 or 4.");
        options.Validate();
        var editor = new GraphEditor(model);
        var nodes = new List<NodeProto>();
        var count = new Counter();
        foreach (var layer in WeightLayer.Find(editor, options))
        {
            count.Before += layer.Elements * sizeof(float);
            if (options.Keep.Contains(layer.Name))
            {
                if (!options.StoresKeptAsFloat16) count.After += layer.Elements * sizeof(float);
                else Float16Storage.Store(editor, layer, nodes, count);
                continue;
            }

            count.Quantised++;
            var tensor = editor.Constant(layer.Name)!;
            if (bits == 4 && NarrowProduct.TryRewrite(editor, layer, tensor, options.BlockSize, count)) continue;
            if (LookupTable.TryRewrite(editor, layer, tensor, count)) continue;
            StoreInt8(editor, layer, tensor, nodes, count);
        }

        editor.InsertFirst(nodes);
        return count.ToReport();
    }

    private static void StoreInt8(GraphEditor editor, WeightLayer layer, TensorProto tensor, List<NodeProto> nodes, Counter count)
    {
        var dimensions = tensor.Dimensions.ToArray();
        var slices = (int)dimensions[layer.Axis];
        var inner = (int)dimensions.Skip(layer.Axis + 1).Aggregate(1L, (product, size) => product * size);
        var (rounded, scales) = Rounding.ToInt8(tensor.ToArray<float>(), slices, inner);
        editor.RemoveConstant(layer.Name);
        var weights = editor.AddConstant<sbyte>($"{layer.Name}_q8", new TensorShape(dimensions), rounded);
        var shape = dimensions.Select((_, axis) => axis == layer.Axis ? (long)slices : 1).ToArray();
        var scale = editor.AddConstant<float>($"{layer.Name}_scale", new TensorShape(shape), scales);
        var cast = editor.FreeName($"{layer.Name}_cast");
        nodes.Add(new NodeProto { Operator = "Cast", Name = cast, Inputs = { weights }, Outputs = { cast }, Attributes = { AttributeProto.Of("to", (long)ElementType.Float32) } });
        nodes.Add(new NodeProto { Operator = "Mul", Name = editor.FreeName($"{layer.Name}_scaled"), Inputs = { cast, scale }, Outputs = { layer.Name } });
        count.After += rounded.Length + (scales.Length * sizeof(float));
    }

    /// <summary>What a rewriting adds up.</summary>
    internal sealed class Counter
    {
        public int Quantised { get; set; }

        public int Halved { get; set; }

        public long Before { get; set; }

        public long After { get; set; }

        public QuantisationReport ToReport() => new(Quantised, Halved, Before, After);
    }
}
