namespace EdgeHost.ModelImport.Values;

/// <summary>Walks through elements of a tensor in an order of its own. Pure functions.</summary>
internal static class Strides
{
    /// <summary>How far apart two elements are that differ by one in a dimension.</summary>
    public static long[] Of(TensorShape shape)
    {
        var strides = new long[shape.Rank];
        long next = 1;
        for (var i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = next;
            next *= shape[i];
        }

        return strides;
    }

    /// <summary>The strides of a tensor that is stretched to a shape: 0 where one element serves for all.</summary>
    public static long[] Broadcast(TensorShape shape, TensorShape to)
    {
        var own = Of(shape);
        var strides = new long[to.Rank];
        for (var i = 1; i <= shape.Rank; i++) strides[^i] = shape[shape.Rank - i] == 1 ? 0 : own[^i];
        return strides;
    }

    /// <summary>The places of all elements of a shape, the last dimension first.</summary>
    /// <param name="shape">How many steps each dimension has.</param>
    /// <param name="strides">How far a step of each dimension goes.</param>
    /// <param name="start">The place of the first.</param>
    public static IEnumerable<int> Walk(long[] shape, long[] strides, long start)
    {
        long count = 1;
        foreach (var size in shape) count *= size;
        var index = new long[shape.Length];
        var place = start;
        for (long k = 0; k < count; k++)
        {
            yield return (int)place;
            for (var i = index.Length - 1; i >= 0; i--)
            {
                place += strides[i];
                if (++index[i] < shape[i]) break;
                place -= strides[i] * shape[i];
                index[i] = 0;
            }
        }
    }
}
