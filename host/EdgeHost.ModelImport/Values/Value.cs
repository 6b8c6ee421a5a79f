using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Values;

/// <summary>
/// A tensor of the source. It is in the new graph in the layout of the source, with the channels first (which is what ONNX's convolutions read), in both,
/// or not yet: a constant is written once somebody reads it. <see cref="Canvas"/> makes the layout that is missing. Not thread-safe.
/// </summary>
internal sealed class Value(ElementType type, TensorShape shape)
{
    public ElementType Type => type;

    /// <summary>The shape in the source's layout; -1 for what is open until the graph runs.</summary>
    public TensorShape Shape => shape;

    public int Rank => shape.Rank;

    /// <summary>The values, where they are known now.</summary>
    public ConstantTensor? Constant { get; init; }

    /// <summary>In the source's layout.</summary>
    public GraphValue? Plain { get; set; }

    /// <summary>With the channels first: a source of [N,H,W,C] as [N,C,H,W].</summary>
    public GraphValue? ChannelsFirst { get; set; }
}
