using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Layers;

/// <summary>Layers that most networks use beside the linear one.</summary>
public static class CommonLayers
{
    /// <summary>A vector for each id: [..] of ids becomes [.., width].</summary>
    /// <param name="net">The network.</param>
    /// <param name="name">The layer's name. Parameter: <c>weight</c> [count, width].</param>
    /// <param name="ids">Int64, each 0 to count - 1; another fails the step.</param>
    /// <param name="count">How many ids there are, at least 1.</param>
    /// <param name="width">Numbers of a vector, at least 1.</param>
    /// <param name="deviation">How far the first values are from 0. Default 0.02, as is usual for transformers.</param>
    public static GraphValue Embedding(this NetworkBuilder net, string name, GraphValue ids, long count, long width, float deviation = 0.02f)
    {
        using var layer = net.Layer(name);
        return net.Rows(net.Parameter("weight", new TensorShape(count, width), Initialisation.Normal(deviation)), ids);
    }

    /// <summary>Scores of each id with the vectors of an embedding: [.., width] becomes [.., count]. One table serves both (Press and Wolf, 2017).</summary>
    /// <param name="net">The network.</param>
    /// <param name="embedding">The name of the embedding.</param>
    /// <param name="value">What is to be scored.</param>
    /// <param name="count">How many ids the embedding has.</param>
    public static GraphValue TiedLinear(this NetworkBuilder net, string embedding, GraphValue value, long count)
    {
        using var layer = net.Layer(embedding);
        var width = value.Shape[value.Rank - 1];
        var table = net.Parameter("weight", new TensorShape(count, width), Initialisation.Normal(0.02f));
        return net.Reshape(net.Gemm(net.Flatten(value), table, null, transposeRight: true), Shapes.With(value.Shape, value.Rank - 1, count));
    }

    /// <summary>A convolution over pictures [batch, channels, height, width].</summary>
    /// <param name="net">The network.</param>
    /// <param name="name">The layer's name. Parameters: <c>weight</c> [filters, channels, window, window] and <c>bias</c> [filters].</param>
    /// <param name="value">The pictures.</param>
    /// <param name="filters">Channels that come out, at least 1.</param>
    /// <param name="window">The window's side, at least 1.</param>
    /// <param name="stride">How far it goes each time. Default 1.</param>
    /// <param name="padding">Zeros at each side. Default 0.</param>
    public static GraphValue Convolution(this NetworkBuilder net, string name, GraphValue value, int filters, int window, int stride = 1, int padding = 0)
    {
        using var layer = net.Layer(name);
        if (value.Rank != 4) throw net.Wrong($"wants pictures [batch, channels, height, width], and got {value.Shape}");
        var channels = value.Shape[1];
        var weight = net.Parameter("weight", new TensorShape(filters, channels, window, window), Initialisation.He(channels * window * window));
        return net.Convolve(value, weight, net.Parameter("bias", new TensorShape(filters), Initialisation.Zeros, decays: false), stride, padding);
    }

    /// <summary>Layer normalisation over the last dimension.</summary>
    /// <param name="net">The network.</param>
    /// <param name="name">The layer's name. Parameters: <c>gain</c> and <c>bias</c> of that width.</param>
    /// <param name="value">The value.</param>
    public static GraphValue LayerNorm(this NetworkBuilder net, string name, GraphValue value)
    {
        using var layer = net.Layer(name);
        var width = new TensorShape(value.Shape[value.Rank - 1]);
        return net.Normalise(value, net.Parameter("gain", width, Initialisation.Ones, decays: false), net.Parameter("bias", width, Initialisation.Zeros, decays: false));
    }

    /// <summary>
    /// Leaves values out at random in training and makes up for it with the rest (Srivastava et al., 2014). The mask follows from the seed,
    /// the layer's name and the step.
    /// </summary>
    /// <param name="net">The network.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="rate">The share that is left out, 0 to below 1.</param>
    public static GraphValue Dropout(this NetworkBuilder net, string name, GraphValue value, float rate)
    {
        using var layer = net.Layer(name);
        if (rate is not (>= 0 and < 1)) throw net.Wrong($"leaves out a share of {rate}; it must be 0 to below 1");
        return net.IsTraining && rate > 0 ? net.Multiply(value, net.DropoutMask(value.Shape, rate)) : value;
    }

    /// <summary>All dimensions but the batch as one.</summary>
    public static GraphValue FlattenExamples(this NetworkBuilder net, GraphValue value)
        => net.Reshape(value, new TensorShape(value.Shape[0], new TensorShape(value.Shape.Dimensions[1..]).ElementCount));
}
