using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;

namespace EdgeHost.ModelImport.Layers;

/// <summary>How padding is chosen where a window goes over a picture.</summary>
internal enum WindowPadding
{
    /// <summary>None.</summary>
    Valid,

    /// <summary>So that the result has the size divided by the stride, rounded up; the odd pixel goes to the end.</summary>
    Same,

    /// <summary>As <see cref="WindowSpec.Pads"/> says.</summary>
    Explicit,
}

/// <summary>A window that goes over a picture. Immutable.</summary>
/// <param name="Height">Its rows, at least 1.</param>
/// <param name="Width">Its columns, at least 1.</param>
/// <param name="StrideY">Rows that it goes on each time, at least 1.</param>
/// <param name="StrideX">Columns that it goes on each time, at least 1.</param>
/// <param name="Padding">How the picture is made larger.</param>
internal sealed record WindowSpec(long Height, long Width, long StrideY, long StrideX, WindowPadding Padding)
{
    private const long MostPixels = 1 << 16;

    /// <summary>Rows between two rows of the window, at least 1.</summary>
    public long DilationY { get; init; } = 1;

    /// <summary>Columns between two columns of the window, at least 1.</summary>
    public long DilationX { get; init; } = 1;

    /// <summary>Top, left, bottom, right, in ONNX's order.</summary>
    public long[] Pads { get; init; } = [];

    /// <summary>Refuses windows that no picture has.</summary>
    public WindowSpec Checked()
    {
        long[] all = [Height, Width, StrideY, StrideX, DilationY, DilationX];
        if (all.Any(value => value is < 1 or > MostPixels) || Pads.Any(value => value is < 0 or > MostPixels) || (Padding == WindowPadding.Explicit && Pads.Length != 4))
        {
            throw ImportProblem.Damaged($"a window of {Height}x{Width}, stride {StrideY}x{StrideX}, dilation {DilationY}x{DilationX}, padding [{string.Join(',', Pads)}] is none");
        }

        return this;
    }

    /// <summary>The rows of the result, or -1 where they are open.</summary>
    public long Rows(long rows) => Steps(rows, Height, StrideY, DilationY, Pads.Length == 4 ? Pads[0] + Pads[2] : 0);

    /// <summary>The columns of the result, or -1 where they are open.</summary>
    public long Columns(long columns) => Steps(columns, Width, StrideX, DilationX, Pads.Length == 4 ? Pads[1] + Pads[3] : 0);

    /// <summary>As attributes of ONNX's operators.</summary>
    public AttributeProto[] Attributes(bool withDilation)
    {
        var attributes = new List<AttributeProto> { AttributeProto.Of("kernel_shape", [Height, Width]), AttributeProto.Of("strides", [StrideY, StrideX]) };
        if (withDilation) attributes.Add(AttributeProto.Of("dilations", [DilationY, DilationX]));
        if (Padding == WindowPadding.Same) attributes.Add(AttributeProto.Of("auto_pad", "SAME_UPPER"));
        if (Padding == WindowPadding.Explicit) attributes.Add(AttributeProto.Of("pads", Pads));
        return [.. attributes];
    }

    private long Steps(long size, long window, long stride, long dilation, long pads)
    {
        if (size < 0) return -1;
        if (Padding == WindowPadding.Same) return (size + stride - 1) / stride;
        var left = size + pads - (((window - 1) * dilation) + 1);
        return left >= 0 ? (left / stride) + 1 : throw ImportProblem.Damaged($"a window of {Height}x{Width} is larger than its picture");
    }
}
