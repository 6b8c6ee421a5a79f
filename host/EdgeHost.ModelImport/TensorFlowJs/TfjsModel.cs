namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>A graph model as its topology describes it. Immutable.</summary>
internal sealed class TfjsModel
{
    /// <summary>The nodes by name, in the order of the file.</summary>
    public required IReadOnlyDictionary<string, TfjsNode> Nodes { get; init; }

    /// <summary>The nodes in the order of the file.</summary>
    public required IReadOnlyList<TfjsNode> Order { get; init; }

    /// <summary>What comes out, in the order of the signature, or of the file where there is none.</summary>
    public required IReadOnlyList<TfjsInput> Outputs { get; init; }

    /// <summary>Shapes that the signature gives to inputs.</summary>
    public required IReadOnlyDictionary<string, TensorShape> InputShapes { get; init; }

    /// <summary>The files of weights, a group each.</summary>
    public required IReadOnlyList<TfjsWeightGroup> Weights { get; init; }
}

/// <summary>Weights that lie one after the other in files that are read as one. Immutable.</summary>
/// <param name="Files">The files, as the topology names them.</param>
/// <param name="Weights">The weights in their order.</param>
internal sealed record TfjsWeightGroup(IReadOnlyList<string> Files, IReadOnlyList<TfjsWeight> Weights);

/// <summary>Where and how one weight lies. Immutable.</summary>
/// <param name="Name">The node of which it is the value.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Type">What it is once it is read.</param>
/// <param name="StoredAs">What lies in the file.</param>
/// <param name="Scale">What a quantised number is multiplied with.</param>
/// <param name="Minimum">What is added then.</param>
internal sealed record TfjsWeight(string Name, TensorShape Shape, ElementType Type, ElementType StoredAs, double Scale, double Minimum);
