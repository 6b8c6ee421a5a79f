namespace EdgeHost.ModelTools.Graphs;

/// <summary>How operators make shapes from shapes. An open dimension (-1) stays open. Thread-safe.</summary>
public static class Shapes
{
    /// <summary>The shape that two shapes broadcast to, or null where they do not fit.</summary>
    public static TensorShape? Broadcast(TensorShape left, TensorShape right)
    {
        var result = new long[Math.Max(left.Rank, right.Rank)];
        for (var i = 1; i <= result.Length; i++)
        {
            var a = i <= left.Rank ? left[left.Rank - i] : 1;
            var b = i <= right.Rank ? right[right.Rank - i] : 1;
            if (a != b && a != 1 && b != 1 && a >= 0 && b >= 0) return null;
            result[^i] = a == 1 ? b : b == 1 ? a : Math.Max(a, b);
        }

        return new TensorShape(result);
    }

    /// <summary>The shape of a matrix product of two tensors of at least two dimensions, or null where they do not fit.</summary>
    public static TensorShape? MatMul(TensorShape left, TensorShape right)
    {
        if (left.Rank < 2 || right.Rank < 2) return null;
        var (inner, other) = (left[left.Rank - 1], right[right.Rank - 2]);
        if (inner != other && inner >= 0 && other >= 0) return null;
        return Broadcast(new TensorShape(left.Dimensions[..^2]), new TensorShape(right.Dimensions[..^2])) is { } batch
            ? new TensorShape([.. batch.Dimensions, left[left.Rank - 2], right[right.Rank - 1]])
            : null;
    }

    /// <summary>The dimensions in another order.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="order">Each index of the shape once.</param>
    public static TensorShape Permute(TensorShape shape, ReadOnlySpan<long> order)
    {
        var result = new long[order.Length];
        for (var i = 0; i < result.Length; i++) result[i] = shape[(int)order[i]];
        return new TensorShape(result);
    }

    /// <summary>A shape with one dimension of another size.</summary>
    public static TensorShape With(TensorShape shape, int axis, long size)
    {
        var result = shape.Dimensions.ToArray();
        result[axis] = size;
        return new TensorShape(result);
    }

    /// <summary>The size of one side after a window went over it, or -1 where it is open.</summary>
    /// <param name="size">The side before, or -1.</param>
    /// <param name="window">The window's side, at least 1.</param>
    /// <param name="stride">How far it goes each time, at least 1.</param>
    /// <param name="padding">What is added at each end, at least 0.</param>
    public static long Window(long size, int window, int stride, int padding)
        => size < 0 ? -1 : ((size + (2 * padding) - window) / stride) + 1;
}
