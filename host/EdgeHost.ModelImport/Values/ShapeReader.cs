namespace EdgeHost.ModelImport.Values;

/// <summary>Shapes as files of strangers give them.</summary>
internal static class ShapeReader
{
    private const int MostDimensions = 8;

    /// <summary>A shape; -1 stands for an open dimension.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: too many dimensions, a negative one, or more elements than a number counts.</exception>
    public static TensorShape Read(ReadOnlySpan<long> dimensions, string what, bool mayBeOpen = false)
    {
        if (dimensions.Length > MostDimensions) throw ImportProblem.Damaged($"{what} has {dimensions.Length} dimensions, more than {MostDimensions}");
        long count = 1;
        foreach (var dimension in dimensions)
        {
            if (dimension < (mayBeOpen ? -1 : 0)) throw ImportProblem.Damaged($"{what} has a dimension of {dimension}");
            if (dimension > int.MaxValue || (dimension > 0 && count > long.MaxValue / dimension)) throw ImportProblem.Damaged($"{what} has more elements than can be counted");
            if (dimension > 0) count *= dimension;
        }

        return new TensorShape(dimensions);
    }

    /// <summary>An axis of a shape; a negative one counts from the last.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is no such axis.</exception>
    public static int Axis(long axis, int rank, string what)
    {
        var index = axis < 0 ? axis + rank : axis;
        return index >= 0 && index < rank ? (int)index : throw ImportProblem.Damaged($"{what} names axis {axis} of {rank} dimensions");
    }
}
