namespace EdgeHost.ModelTools.Optimising;

/// <summary>Products with a constant matrix as <c>MatMulNBits</c> of ONNX Runtime: 4 bits a weight, a scale for each block of inputs, in memory too.</summary>
internal static class NarrowProduct
{
    public static bool TryRewrite(GraphEditor editor, WeightLayer layer, TensorProto tensor, int blockSize, WeightQuantiser.Counter count)
    {
        var readers = editor.Readers(layer.Name);
        if (tensor.Dimensions.Count != 2 || editor.IsNeededByName(layer.Name) || readers.Any(reader => reader.Operator != "MatMul" || reader.Domain.Length > 0 || reader.Inputs[0] == layer.Name)) return false;
        var (inputs, outputs) = ((int)tensor.Dimensions[0], (int)tensor.Dimensions[1]);
        if (inputs < blockSize) return false;
        var (packed, scales) = Pack(tensor.ToArray<float>(), inputs, outputs, blockSize);
        editor.RemoveConstant(layer.Name);
        var blocks = scales.Length / outputs;
        var weights = editor.AddConstant<byte>($"{layer.Name}_q4", new TensorShape(outputs, blocks, blockSize / 2), packed);
        var scale = editor.AddConstant<float>($"{layer.Name}_scale", new TensorShape(scales.Length), scales);
        foreach (var reader in readers)
        {
            reader.Operator = "MatMulNBits";
            reader.Domain = GraphEditor.ContributedDomain;
            reader.Inputs[1] = weights;
            reader.Inputs.Add(scale);
            reader.Attributes.Add(AttributeProto.Of("K", (long)inputs));
            reader.Attributes.Add(AttributeProto.Of("N", (long)outputs));
            reader.Attributes.Add(AttributeProto.Of("bits", 4L));
            reader.Attributes.Add(AttributeProto.Of("block_size", (long)blockSize));
        }

        editor.UseContributedOperators();
        count.After += packed.Length + (scales.Length * sizeof(float));
        return true;
    }

    // [outputs, blocks, block / 2]: two weights a byte, the first in the low half; what a last block lacks is zero.
    private static (byte[] Packed, float[] Scales) Pack(float[] values, int inputs, int outputs, int blockSize)
    {
        var blocks = (inputs + blockSize - 1) / blockSize;
        var packed = new byte[outputs * blocks * blockSize / 2];
        var scales = new float[outputs * blocks];
        Span<float> block = stackalloc float[blockSize];
        Span<byte> rounded = stackalloc byte[blockSize];
        for (var output = 0; output < outputs; output++)
        {
            for (var b = 0; b < blocks; b++)
            {
                for (var i = 0; i < blockSize; i++)
                {
                    var input = (b * blockSize) + i;
                    block[i] = input < inputs ? values[(input * outputs) + output] : 0;
                }

                var at = (output * blocks) + b;
                scales[at] = Rounding.ToInt4(block, rounded);
                for (var i = 0; i < blockSize; i += 2) packed[((at * blockSize) + i) / 2] = (byte)(rounded[i] | (rounded[i + 1] << 4));
            }
        }

        return (packed, scales);
    }
}
