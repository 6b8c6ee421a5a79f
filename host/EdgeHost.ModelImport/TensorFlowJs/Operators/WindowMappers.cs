using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs.Operators;

/// <summary>Operators on pictures: convolutions, pools, other sizes.</summary>
internal static class WindowMappers
{
    public static IEnumerable<KeyValuePair<string, TfjsMapper>> Table =>
    [
        new("Conv2D", Convolve),
        new("_FusedConv2D", Convolve),
        new("DepthwiseConv2dNative", ConvolveByChannel),
        new("FusedDepthwiseConv2dNative", ConvolveByChannel),
        new("Conv2DBackpropInput", ConvolveBack),
        new("MaxPool", call => [Convolution.Pool(call.Canvas, "MaxPool", call[0], PoolOf(call))]),
        new("AvgPool", call => [Convolution.Pool(call.Canvas, "AveragePool", call[0], PoolOf(call))]),
        new("ResizeBilinear", call => [Resizing.Apply(call.Canvas, call[0], call[1], isLinear: true, call.Flag("align_corners"), call.Flag("half_pixel_centers"))]),
        new("ResizeNearestNeighbor", call => [Resizing.Apply(call.Canvas, call[0], call[1], isLinear: false, call.Flag("align_corners"), call.Flag("half_pixel_centers"))]),
        new("DepthToSpace", call => [Rearranging.DepthToSpace(call.Canvas, call[0], call.Integer("block_size", 0))]),
        new("Pad", call => [Rearranging.Pad(call.Canvas, call[0], call.Numbers(1), "constant", null)]),
        new("PadV2", call => [Rearranging.Pad(call.Canvas, call[0], call.Numbers(1), "constant", call[2])]),
        new("MirrorPad", call => call.Text("mode") == "REFLECT"
            ? [Rearranging.Pad(call.Canvas, call[0], call.Numbers(1), "reflect", null)]
            : throw ImportProblem.Unknown($"the mode '{ImportProblem.Name(call.Text("mode"))}' is not known")),
    ];

    private static Value[] Convolve(TfjsCall call)
    {
        // [rows, columns, in, out]; TensorFlow itself finds the groups by comparing channels.
        var kernel = KernelOf(call);
        var channels = call[0].Rank == 4 ? call[0].Shape[3] : -1;
        var groups = channels > 0 && kernel.Shape[2] > 0 && channels % kernel.Shape[2] == 0 ? channels / kernel.Shape[2] : 1;
        return [Finish(call, kernel.Permute(3, 2, 0, 1), WindowOf(call, kernel.Shape), groups)];
    }

    private static Value[] ConvolveByChannel(TfjsCall call)
    {
        // [rows, columns, channels, of each so many].
        var kernel = KernelOf(call);
        var (rows, columns, channels, each) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        return [Finish(call, kernel.Permute(2, 3, 0, 1).Reshape(new TensorShape(channels * each, 1, rows, columns)), WindowOf(call, kernel.Shape), channels)];
    }

    private static Value[] ConvolveBack(TfjsCall call)
    {
        // [rows, columns, out, in], and the size comes first.
        var kernel = KernelOf(call);
        if (call.Numbers(0) is not [_, var rows, var columns, _]) throw ImportProblem.Damaged("the size of its result is no picture's");
        var window = WindowOf(call, kernel.Shape);
        if (window.Padding == WindowPadding.Explicit || window is not { DilationX: 1, DilationY: 1 }) throw ImportProblem.Unknown("it makes a picture larger with explicit paddings or dilations");
        return [Convolution.ApplyTransposed(call.Canvas, call[2], call.Canvas.Write(kernel.Permute(3, 2, 0, 1)), null, window, rows, columns)];
    }

    private static Value Finish(TfjsCall call, ConstantTensor kernel, WindowSpec window, long groups)
    {
        IEnumerable<string> fused = call.Texts("fused_ops");
        var next = 2;
        ConstantTensor? bias = null;
        if (fused.FirstOrDefault() == "BiasAdd")
        {
            bias = call.Constant(next++);
            bias = bias.Reshape(new TensorShape(bias.Count));
            if (bias.Count != kernel.Shape[0]) throw ImportProblem.Damaged($"a bias of {bias.Count} does not fit {kernel.Shape[0]} channels");
            fused = fused.Skip(1);
        }

        var made = Convolution.Apply(call.Canvas, call[0], call.Canvas.Write(kernel), bias is null ? null : call.Canvas.Write(bias), window, groups);
        return ElementMappers.Fused(call, made, fused, next);
    }

    private static ConstantTensor KernelOf(TfjsCall call)
        => call.Constant(1) is { Floats: not null, Shape.Rank: 4 } kernel ? kernel : throw ImportProblem.Damaged("its kernel is no tensor of floats of four dimensions");

    private static WindowSpec PoolOf(TfjsCall call)
        => call.Integers("ksize") is [1, var rows, var columns, 1] ? WindowOf(call, new TensorShape(Math.Max(0, rows), Math.Max(0, columns))) : throw ImportProblem.Unknown("its window does not go over rows and columns");

    private static WindowSpec WindowOf(TfjsCall call, TensorShape size)
    {
        if (call.Text("data_format") is not ("" or "NHWC")) throw ImportProblem.Unknown("its pictures have their channels first");
        var strides = call.Integers("strides") is [_, _, _, _] given ? given : throw ImportProblem.Damaged("it has no strides");
        var dilations = call.Integers("dilations") is [_, _, _, _] known ? known : [1, 1, 1, 1];
        var pads = call.Text("padding") == "EXPLICIT" && call.Integers("explicit_paddings") is [_, _, var top, var bottom, var left, var right, _, _] ? [top, left, bottom, right] : (long[])[];
        var padding = call.Text("padding") switch
        {
            "SAME" => WindowPadding.Same,
            "VALID" => WindowPadding.Valid,
            "EXPLICIT" => WindowPadding.Explicit,
            var other => throw ImportProblem.Unknown($"the padding '{ImportProblem.Name(other)}' is not known"),
        };
        return new WindowSpec(size[0], size[1], strides[1], strides[2], padding) { DilationY = dilations[1], DilationX = dilations[2], Pads = pads }.Checked();
    }
}
