using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Operators;

/// <summary>Windows that go over pictures [batch, channels, height, width].</summary>
public static class ConvolutionOperators
{
    /// <summary>A convolution with square windows: weights [filters, channels, window, window] and bias [filters].</summary>
    public static GraphValue Convolve(this NetworkBuilder net, GraphValue value, GraphValue weight, GraphValue bias, int stride, int padding)
    {
        var window = (int)weight.Shape[3];
        if (value.Rank != 4 || value.Shape[1] != weight.Shape[1]) throw net.Wrong($"cannot put windows of {weight.Shape} over {value.Shape}");
        var (height, width) = net.Sides(value, window, stride, padding);
        AttributeProto[] geometry = [.. Geometry(window, stride, padding)];
        var result = net.Graph.Node("Conv", new TensorShape(value.Shape[0], weight.Shape[0], height, width), [value, weight, bias], null, geometry);
        net.Tape.Record([result], [value, weight, bias], (gradients, g) =>
        {
            // What the last window does not reach when the stride does not divide the side.
            var rest = (Height: (value.Shape[2] + (2 * padding) - window) % stride, Width: (value.Shape[3] + (2 * padding) - window) % stride);
            gradients.Add(value, () => net.Graph.Node(
                "ConvTranspose", value.Shape, [g[0]!, weight], null, [.. geometry, AttributeProto.Of("output_padding", [rest.Height, rest.Width])]));
            gradients.Add(weight, () => net.WeightGradient(value, weight, g[0]!, stride, padding, rest));
            gradients.Add(bias, () => net.Reduce("ReduceSum", g[0]!, [0, 2, 3], keep: false));
        });
        return result;
    }

    /// <summary>The mean of each window.</summary>
    public static GraphValue AveragePool(this NetworkBuilder net, GraphValue value, int window, int stride)
    {
        if (value.Rank != 4) throw net.Wrong($"pools pictures [batch, channels, height, width], and got {value.Shape}");
        var (height, width) = net.Sides(value, window, stride, 0);
        AttributeProto[] geometry = [.. Geometry(window, stride, 0)];
        var result = net.Graph.Node("AveragePool", new TensorShape(value.Shape[0], value.Shape[1], height, width), [value], null, geometry);
        net.Tape.Record([result], [value], (gradients, g) => gradients.Add(value, () =>
        {
            // Every element of a window gets its share: a transposed convolution with one constant filter a channel.
            var channels = value.Shape[1];
            var shares = net.Graph.Shared($"share_{channels}_{window}", key =>
            {
                var values = new float[channels * window * window];
                Array.Fill(values, 1f / (window * window));
                return net.Graph.Initializer<float>(key, new TensorShape(channels, 1, window, window), values);
            });
            long[] rest = [(value.Shape[2] - window) % stride, (value.Shape[3] - window) % stride];
            return net.Graph.Node(
                "ConvTranspose", value.Shape, [g[0]!, shares], null, [.. geometry, AttributeProto.Of("group", channels), AttributeProto.Of("output_padding", rest.AsSpan())]);
        }));
        return result;
    }

    // The pictures and the gradient change places: channels become the batch, the gradient becomes windows whose points lie a stride apart.
    private static GraphValue WeightGradient(this NetworkBuilder net, GraphValue value, GraphValue weight, GraphValue gradient, int stride, int padding, (long Height, long Width) rest)
    {
        var window = weight.Shape[3];
        var (filters, channels) = (weight.Shape[0], weight.Shape[1]);
        var turned = net.Graph.Node(
            "Conv",
            new TensorShape(channels, filters, window + rest.Height, window + rest.Width),
            [net.Transpose(value, 1, 0, 2, 3), net.Transpose(gradient, 1, 0, 2, 3)],
            null,
            AttributeProto.Of("pads", [padding, padding, padding, padding]),
            AttributeProto.Of("dilations", [stride, stride]),
            AttributeProto.Of("kernel_shape", [gradient.Shape[2], gradient.Shape[3]]));
        if (rest != (0, 0))
        {
            turned = net.Graph.Node(
                "Slice",
                new TensorShape(channels, filters, window, window),
                [turned, net.Graph.Constant(0, 0), net.Graph.Constant(window, window), net.Graph.Constant(2, 3)]);
        }

        return net.Transpose(turned, 1, 0, 2, 3);
    }

    private static (long Height, long Width) Sides(this NetworkBuilder net, GraphValue value, int window, int stride, int padding)
    {
        if (window < 1 || stride < 1 || padding < 0) throw net.Wrong($"has a window of {window}, a stride of {stride} and padding of {padding}");
        if (value.Shape[2] + (2 * padding) < window || value.Shape[3] + (2 * padding) < window) throw net.Wrong($"cannot put a window of [{window},{window}] into {value.Shape}");
        return (Shapes.Window(value.Shape[2], window, stride, padding), Shapes.Window(value.Shape[3], window, stride, padding));
    }

    private static AttributeProto[] Geometry(long window, long stride, long padding) =>
    [
        AttributeProto.Of("kernel_shape", [window, window]),
        AttributeProto.Of("strides", [stride, stride]),
        AttributeProto.Of("pads", [padding, padding, padding, padding]),
    ];
}
