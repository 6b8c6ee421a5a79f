using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowLite.Operators;

/// <summary>Operators on pictures, and products of matrices.</summary>
internal static class TfliteWindowMappers
{
    public static IReadOnlyList<(int Code, string Name, TfliteMapper Map)> Table { get; } =
    [
        (1, "AVERAGE_POOL_2D", static call => Pool(call, "AveragePool")),
        (3, "CONV_2D", Convolve),
        (4, "DEPTHWISE_CONV_2D", ConvolveByChannel),
        (5, "DEPTH_TO_SPACE", static call => [Rearranging.DepthToSpace(call.Canvas, call[0], call.Options.Integer(0))]),
        (9, "FULLY_CONNECTED", Connect),
        (17, "MAX_POOL_2D", static call => Pool(call, "MaxPool")),
        (23, "RESIZE_BILINEAR", static call => [Resizing.Apply(call.Canvas, call[0], call[1], isLinear: true, call.Options.Flag(2), call.Options.Flag(3))]),
        (67, "TRANSPOSE_CONV", ConvolveBack),
        (97, "RESIZE_NEAREST_NEIGHBOR", static call => [Resizing.Apply(call.Canvas, call[0], call[1], isLinear: false, call.Options.Flag(0), call.Options.Flag(1))]),
    ];

    // Kernels are [out, rows, columns, in].
    private static Value[] Convolve(TfliteCall call)
    {
        var kernel = call.Kernel(1, 0, 3, 1, 2);
        var window = WindowOf(call, kernel.Shape[2], kernel.Shape[3]) with { DilationX = call.Options.Integer(4, 1), DilationY = call.Options.Integer(5, 1) };
        var channels = call[0].Rank == 4 ? call[0].Shape[3] : -1;
        var groups = channels > 0 && kernel.Shape[1] > 0 && channels % kernel.Shape[1] == 0 ? channels / kernel.Shape[1] : 1;
        return [call.Activate(Convolution.Apply(call.Canvas, call[0], kernel, call.Has(2) ? call.Kernel(2, 0) : null, window.Checked(), groups), call.Options.Byte(3))];
    }

    // Kernels are [1, rows, columns, channels times so many].
    private static Value[] ConvolveByChannel(TfliteCall call)
    {
        var kernel = call.Kernel(1, 3, 0, 1, 2);
        var window = WindowOf(call, kernel.Shape[2], kernel.Shape[3]) with { DilationX = call.Options.Integer(5, 1), DilationY = call.Options.Integer(6, 1) };
        var channels = call[0].Rank == 4 ? call[0].Shape[3] : 0;
        if (channels < 1) throw ImportProblem.Unknown("its picture has a number of channels that is open");
        return [call.Activate(Convolution.Apply(call.Canvas, call[0], kernel, call.Has(2) ? call.Kernel(2, 0) : null, window.Checked(), channels), call.Options.Byte(4))];
    }

    private static Value[] ConvolveBack(TfliteCall call)
    {
        if (call.Numbers(0) is not [_, var rows, var columns, _]) throw ImportProblem.Damaged("the size of its result is no picture's");
        if (call.Tensor(1).Scales.Length > 1) throw ImportProblem.Unknown("its kernel has more than one scale");
        var kernel = call.Kernel(1, 3, 0, 1, 2);
        var window = WindowOf(call, kernel.Shape[2], kernel.Shape[3]).Checked();
        return [call.Activate(Convolution.ApplyTransposed(call.Canvas, call[2], kernel, call.Has(3) ? call.Kernel(3, 0) : null, window, rows, columns), call.Options.Byte(3))];
    }

    private static Value[] Pool(TfliteCall call, string operation)
        => [call.Activate(Convolution.Pool(call.Canvas, operation, call[0], WindowOf(call, call.Options.Integer(4), call.Options.Integer(3)).Checked()), call.Options.Byte(5))];

    // Weights are [out, in].
    private static Value[] Connect(TfliteCall call)
    {
        var weights = call.Kernel(1, 0, 1);
        var input = call[0].Rank == 2 ? call[0] : Rearranging.Reshape(call.Canvas, call[0], [-1, weights.Shape[1]]);
        var made = Products.Dense(call.Canvas, input, weights, call.Has(2) ? call.Kernel(2, 0) : null, transposeLeft: false, transposeRight: true);
        if (call.Options.Flag(2) && call[0].Rank != 2) made = Rearranging.Reshape(call.Canvas, made, [.. call[0].Shape.Dimensions[..^1], weights.Shape[0]]);
        return [call.Activate(made, call.Options.Byte(0))];
    }

    private static WindowSpec WindowOf(TfliteCall call, long rows, long columns)
        => new(rows, columns, call.Options.Integer(2), call.Options.Integer(1), call.Options.Byte(0) == 0 ? WindowPadding.Same : WindowPadding.Valid);
}
