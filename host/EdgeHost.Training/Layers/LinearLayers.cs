using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Layers;

/// <summary>Fully connected layers.</summary>
public static class LinearLayers
{
    /// <summary>x · w + b over the last dimension: [..., inputs] becomes [..., width].</summary>
    /// <param name="net">The network.</param>
    /// <param name="name">The layer's name. Parameters: <c>weight</c> [inputs, width] and <c>bias</c> [width].</param>
    /// <param name="value">At least two dimensions.</param>
    /// <param name="width">Outputs of each, at least 1.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="initialisation">Of the weights; null for <see cref="Initialisation.Glorot"/>.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the value does not fit, with the layer's name and shapes.</exception>
    public static GraphValue Linear(this NetworkBuilder net, string name, GraphValue value, long width, bool hasBias = true, Initialisation? initialisation = null)
    {
        using var layer = net.Layer(name);
        if (value.Rank < 2) throw net.Wrong($"wants at least two dimensions, the batch first, and got {value.Shape}");
        var inputs = value.Shape[value.Rank - 1];
        var weight = net.Parameter("weight", new TensorShape(inputs, width), initialisation ?? Initialisation.Glorot(inputs, width));
        var bias = hasBias ? net.Parameter("bias", new TensorShape(width), Initialisation.Zeros, decays: false) : null;
        return net.Reshape(net.Gemm(net.Flatten(value), weight, bias), Shapes.With(value.Shape, value.Rank - 1, width));
    }
}
