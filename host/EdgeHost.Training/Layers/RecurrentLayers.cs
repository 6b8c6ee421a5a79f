using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Layers;

/// <summary>Layers that go through a sequence.</summary>
public static class RecurrentLayers
{
    /// <summary>
    /// A gated recurrent unit (Cho et al., 2014, with the reset after the product as in cuDNN and PyTorch):
    /// z = σ(x·Wz + h·Uz), r = σ(x·Wr + h·Ur), n = tanh(x·Wn + r ⊙ (h·Un)), h' = (1 - z) ⊙ n + z ⊙ h, each product with a bias.
    /// In training it is unrolled; elsewhere it is ONNX's own GRU.
    /// </summary>
    /// <param name="net">The network.</param>
    /// <param name="name">The layer's name. Parameters: <c>input_weight</c> [inputs, 3 width], <c>state_weight</c> [width, 3 width] and their biases [3 width], gates in the order z, r, n.</param>
    /// <param name="value">[batch, positions, inputs].</param>
    /// <param name="width">Numbers of the state.</param>
    /// <returns>The state after each position: [batch, positions, width].</returns>
    public static GraphValue Gru(this NetworkBuilder net, string name, GraphValue value, int width)
    {
        using var layer = net.Layer(name);
        if (value.Rank != 3) throw net.Wrong($"wants [batch, positions, inputs], and got {value.Shape}");
        var inputs = value.Shape[2];
        var weights = new Weights(
            net.Parameter("input_weight", new TensorShape(inputs, 3 * width), Initialisation.Glorot(inputs, width)),
            net.Parameter("state_weight", new TensorShape(width, 3 * width), Initialisation.Glorot(width, width)),
            net.Parameter("input_bias", new TensorShape(3 * width), Initialisation.Zeros, decays: false),
            net.Parameter("state_bias", new TensorShape(3 * width), Initialisation.Zeros, decays: false));
        return net.IsTraining ? net.Unrolled(value, width, weights) : net.Whole(value, width, weights);
    }

    private static GraphValue Unrolled(this NetworkBuilder net, GraphValue value, int width, Weights weights)
    {
        var (batch, positions) = (value.Shape[0], (int)value.Shape[1]);
        var all = net.Gemm(net.Flatten(value), weights.Input, weights.InputBias);
        var byPosition = net.Split(net.Reshape(all, new TensorShape(batch, positions, 3 * width)), 1, [.. Enumerable.Repeat(1L, positions)]);
        var state = net.Expand(net.Constant(0), new TensorShape(batch, width));
        var states = new GraphValue[positions];
        for (var position = 0; position < positions; position++)
        {
            var fromInput = net.Split(net.Reshape(byPosition[position], new TensorShape(batch, 3 * width)), 1, 2 * width, width);
            var fromState = net.Split(net.Gemm(state, weights.State, weights.StateBias), 1, 2 * width, width);
            var gates = net.Split(net.Sigmoid(net.Add(fromInput[0], fromState[0])), 1, width, width);
            var next = net.Tanh(net.Add(fromInput[1], net.Multiply(gates[1], fromState[1])));
            state = net.Add(next, net.Multiply(gates[0], net.Subtract(state, next)));
            states[position] = net.Reshape(state, new TensorShape(batch, 1, width));
        }

        return net.Concat(1, states);
    }

    private static GraphValue Whole(this NetworkBuilder net, GraphValue value, int width, Weights weights)
    {
        var (batch, positions, inputs) = (value.Shape[0], value.Shape[1], value.Shape[2]);
        var bias = net.Reshape(net.Concat(0, weights.InputBias, weights.StateBias), new TensorShape(1, 6 * width));
        var states = net.Graph.Node(
            "GRU",
            new TensorShape(positions, 1, batch, width),
            [
                net.Transpose(value, 1, 0, 2),
                net.Reshape(net.Transpose(weights.Input, 1, 0), new TensorShape(1, 3 * width, inputs)),
                net.Reshape(net.Transpose(weights.State, 1, 0), new TensorShape(1, 3 * width, width)),
                bias,
            ],
            null,
            AttributeProto.Of("hidden_size", width),
            AttributeProto.Of("linear_before_reset", 1));
        return net.Transpose(net.Reshape(states, new TensorShape(positions, batch, width)), 1, 0, 2);
    }

    private sealed record Weights(GraphValue Input, GraphValue State, GraphValue InputBias, GraphValue StateBias);
}
