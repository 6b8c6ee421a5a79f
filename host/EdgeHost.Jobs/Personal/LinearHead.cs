using System.Numerics.Tensors;
using EdgeHost.ModelTools;

namespace EdgeHost.Jobs.Personal;

/// <summary>The parameters of a graph that is one linear layer, whoever made it: x · weight + bias.</summary>
/// <param name="Weight">[inputs, outputs].</param>
/// <param name="Bias">[outputs].</param>
internal sealed record LinearHead(float[] Weight, float[] Bias)
{
    /// <summary>Reads them; null where the graph is anything else.</summary>
    public static LinearHead? TryRead(GraphProto graph, long inputs, long outputs)
    {
        var constants = graph.Initializers.Where(static tensor => tensor is { Type: ElementType.Float32, ExternalData.Count: 0 }).ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        var (weight, bias, isTurned) = graph.Nodes switch
        {
            [{ Operator: "Gemm", Inputs: [_, var by, var plus] } gemm] when IsPlain(gemm) => (Find(by), Find(plus), IsSet(gemm, "transB")),
            [{ Operator: "Gemm", Inputs: [_, var by] } gemm] when IsPlain(gemm) => (Find(by), null, IsSet(gemm, "transB")),
            [{ Operator: "MatMul", Inputs: [_, var by] } product, { Operator: "Add", Inputs: [var left, var right] }] when left == product.Outputs[0] || right == product.Outputs[0]
                => (Find(by), Find(left == product.Outputs[0] ? right : left), false),
            [{ Operator: "MatMul", Inputs: [_, var by] }] => (Find(by), null, false),
            _ => default,
        };
        long[] shape = isTurned ? [outputs, inputs] : [inputs, outputs];
        if (weight is null || !weight.Dimensions.SequenceEqual(shape) || (graph.Nodes.Any(static node => node.Inputs.Count > 2 || node.Operator == "Add") && bias is null)) return null;
        var values = weight.ToArray<float>();
        var offsets = bias?.ToArray<float>() ?? new float[outputs];
        if (offsets.Length != outputs) return null;
        return new LinearHead(isTurned ? Turn(values, (int)inputs, (int)outputs) : values, offsets);

        TensorProto? Find(string name) => constants.GetValueOrDefault(name);
    }

    /// <summary>How likely each output is, as a softmax says.</summary>
    public float[] SharesOf(ReadOnlySpan<float> features)
    {
        var shares = Bias.ToArray();
        for (var i = 0; i < features.Length; i++)
        {
            if (features[i] == 0) continue;
            for (var j = 0; j < shares.Length; j++) shares[j] += features[i] * Weight[(i * shares.Length) + j];
        }

        TensorPrimitives.SoftMax(shares, shares);
        return shares;
    }

    private static bool IsPlain(NodeProto gemm)
        => !IsSet(gemm, "transA") && gemm.Attributes.Where(static attribute => attribute.Name is "alpha" or "beta").All(static attribute => attribute.FloatValue == 1);

    private static bool IsSet(NodeProto node, string attribute) => node.Attributes.Any(known => known.Name == attribute && known.IntegerValue != 0);

    private static float[] Turn(float[] values, int inputs, int outputs)
    {
        var turned = new float[values.Length];
        for (var i = 0; i < inputs; i++)
        {
            for (var j = 0; j < outputs; j++) turned[(i * outputs) + j] = values[(j * inputs) + i];
        }

        return turned;
    }
}
