using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Convolutions and pools: what a window makes of a picture.</summary>
internal static class Convolution
{
    /// <summary>A convolution.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="picture">[N,H,W,C].</param>
    /// <param name="kernel">[channels out, channels in of a group, rows, columns].</param>
    /// <param name="bias">[channels out], or null.</param>
    /// <param name="window">The window; its size is the kernel's.</param>
    /// <param name="groups">Into how many parts the channels fall, at least 1.</param>
    public static Value Apply(Canvas canvas, Value picture, GraphValue kernel, GraphValue? bias, WindowSpec window, long groups)
    {
        var input = canvas.ChannelsFirst(picture);
        CheckChannels(input.Shape[1], kernel.Shape, groups);
        var shape = new TensorShape(input.Shape[0], kernel.Shape[0], window.Rows(input.Shape[2]), window.Columns(input.Shape[3]));
        ReadOnlySpan<GraphValue?> inputs = bias is null ? [input, kernel] : [input, kernel, bias];
        return Canvas.InChannelsFirst(canvas.Builder.Node("Conv", shape, inputs, null, [.. window.Attributes(withDilation: true), AttributeProto.Of("group", groups)]));
    }

    /// <summary>The gradient of a convolution by its picture, which makes pictures larger.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="picture">[N,H,W,C].</param>
    /// <param name="kernel">[channels in, channels out, rows, columns].</param>
    /// <param name="bias">[channels out], or null.</param>
    /// <param name="window">The window of the convolution; its padding is no explicit one.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result.</param>
    public static Value ApplyTransposed(Canvas canvas, Value picture, GraphValue kernel, GraphValue? bias, WindowSpec window, long rows, long columns)
    {
        var input = canvas.ChannelsFirst(picture);
        if (input.Shape[1] >= 0 && input.Shape[1] != kernel.Shape[0]) throw ImportProblem.Damaged($"a kernel of {kernel.Shape} does not fit a picture of {picture.Shape}");
        var (top, bottom, extraRows) = Margins(input.Shape[2], rows, window.Height, window.StrideY);
        var (left, right, extraColumns) = Margins(input.Shape[3], columns, window.Width, window.StrideX);
        ReadOnlySpan<GraphValue?> inputs = bias is null ? [input, kernel] : [input, kernel, bias];
        return Canvas.InChannelsFirst(canvas.Builder.Node(
            "ConvTranspose",
            new TensorShape(input.Shape[0], kernel.Shape[1], rows, columns),
            inputs,
            null,
            AttributeProto.Of("kernel_shape", [window.Height, window.Width]),
            AttributeProto.Of("strides", [window.StrideY, window.StrideX]),
            AttributeProto.Of("pads", [top, left, bottom, right]),
            AttributeProto.Of("output_padding", [extraRows, extraColumns])));
    }

    /// <summary>The largest or the mean of each window.</summary>
    public static Value Pool(Canvas canvas, string operation, Value picture, WindowSpec window)
    {
        var input = canvas.ChannelsFirst(picture);
        var shape = new TensorShape(input.Shape[0], input.Shape[1], window.Rows(input.Shape[2]), window.Columns(input.Shape[3]));
        return Canvas.InChannelsFirst(canvas.Builder.Node(operation, shape, [input], null, window.Attributes(withDilation: false)));
    }

    private static void CheckChannels(long channels, TensorShape kernel, long groups)
    {
        if (groups < 1 || kernel[0] % groups != 0 || (channels >= 0 && channels != kernel[1] * groups))
        {
            throw ImportProblem.Damaged($"a kernel of {kernel} in {groups} groups does not fit a picture of {channels} channels");
        }
    }

    // What the convolution had added around its picture is cut off again, the odd pixel at the end.
    private static (long Start, long End, long Extra) Margins(long size, long target, long window, long stride)
    {
        if (size < 0 || target < 1) throw ImportProblem.Unknown("it makes pictures larger whose size is open");
        var added = ((size - 1) * stride) + window - target;
        if (added < -stride) throw ImportProblem.Damaged($"a picture of {size} pixels does not become one of {target} by a stride of {stride}");
        return added >= 0 ? (added / 2, added - (added / 2), 0) : (0, 0, -added);
    }
}
