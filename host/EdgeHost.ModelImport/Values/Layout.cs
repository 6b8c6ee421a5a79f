using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Values;

/// <summary>The two layouts of pictures. Pure functions.</summary>
internal static class Layout
{
    /// <summary>What the axes of [N,C,H,W] are in [N,H,W,C].</summary>
    public static long[] ToChannelsFirst { get; } = [0, 3, 1, 2];

    /// <summary>What the axes of [N,H,W,C] are in [N,C,H,W].</summary>
    public static long[] ToChannelsLast { get; } = [0, 2, 3, 1];

    public static TensorShape ChannelsFirst(TensorShape shape) => Shapes.Permute(shape, ToChannelsFirst);

    public static TensorShape ChannelsLast(TensorShape shape) => Shapes.Permute(shape, ToChannelsLast);

    /// <summary>Where an axis of [N,H,W,C] is in [N,C,H,W].</summary>
    public static int AxisWithChannelsFirst(int axis) => axis switch { 1 => 2, 2 => 3, 3 => 1, _ => 0 };
}
