using System.Runtime.CompilerServices;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>Copies boxes between row-major tensors of one element type. Stateless.</summary>
internal static class TensorCopy
{
    private const int MaxRank = 16;

    /// <summary>Whether values of a type can be copied: they have a span view of their own.</summary>
    public static bool CanCopy(ElementType type) => TensorBytes.CanCopy(type);

    /// <summary>Copies a box from one value into another.</summary>
    /// <param name="from">Where from.</param>
    /// <param name="fromOffset">The entry along <paramref name="axis"/> where the box starts.</param>
    /// <param name="to">Where to; of the same rank and type.</param>
    /// <param name="toOffset">The entry along <paramref name="axis"/> where it goes.</param>
    /// <param name="axis">The axis of the offsets; the box starts at 0 along all others.</param>
    /// <param name="box">The extents of the box.</param>
    public static void Copy(ModelValue from, long fromOffset, ModelValue to, long toOffset, int axis, ReadOnlySpan<long> box)
    {
        var size = from.ElementType.SizeInBytes();
        Copy(Bytes(from), from.Shape.Dimensions, fromOffset, Bytes(to), to.Shape.Dimensions, toOffset, axis, box, size);
    }

    /// <summary>Sets all elements of a value to a number; what does not fit the type is clamped.</summary>
    public static void Fill(ModelValue value, double number)
    {
        if (number == 0)
        {
            Bytes(value).Clear();
            return;
        }

        switch (value.ElementType)
        {
            case ElementType.Float32: value.AsSpan<float>().Fill((float)number); break;
            case ElementType.Float64: value.AsSpan<double>().Fill(number); break;
            case ElementType.Float16: value.AsSpan<Half>().Fill((Half)number); break;
            case ElementType.Int8: value.AsSpan<sbyte>().Fill(sbyte.CreateSaturating(number)); break;
            case ElementType.UInt8: value.AsSpan<byte>().Fill(byte.CreateSaturating(number)); break;
            case ElementType.Int16: value.AsSpan<short>().Fill(short.CreateSaturating(number)); break;
            case ElementType.UInt16: value.AsSpan<ushort>().Fill(ushort.CreateSaturating(number)); break;
            case ElementType.Int32: value.AsSpan<int>().Fill(int.CreateSaturating(number)); break;
            case ElementType.UInt32: value.AsSpan<uint>().Fill(uint.CreateSaturating(number)); break;
            case ElementType.Int64: value.AsSpan<long>().Fill(long.CreateSaturating(number)); break;
            case ElementType.UInt64: value.AsSpan<ulong>().Fill(ulong.CreateSaturating(number)); break;
            default: Bytes(value).Fill(1); break;
        }
    }

    [SkipLocalsInit]
    internal static void Copy(
        ReadOnlySpan<byte> from,
        ReadOnlySpan<long> fromShape,
        long fromOffset,
        Span<byte> to,
        ReadOnlySpan<long> toShape,
        long toOffset,
        int axis,
        ReadOnlySpan<long> box,
        int size)
    {
        var rank = box.Length;
        if (rank > MaxRank) throw new NotSupportedException($"Tensors of more than {MaxRank} dimensions are not joined.");
        foreach (var extent in box)
        {
            if (extent == 0) return;
        }

        // Trailing axes that are whole on both sides make one contiguous piece with the axis before them.
        var last = rank - 1;
        long piece = size;
        while (last > 0 && box[last] == fromShape[last] && box[last] == toShape[last])
        {
            piece *= box[last];
            last--;
        }

        Span<long> fromStride = stackalloc long[MaxRank];
        Span<long> toStride = stackalloc long[MaxRank];
        var fromStep = piece;
        var toStep = piece;
        for (var i = last; i >= 0; i--)
        {
            fromStride[i] = fromStep;
            toStride[i] = toStep;
            fromStep *= fromShape[i];
            toStep *= toShape[i];
        }

        var length = checked((int)(rank == 0 ? size : piece * box[last]));
        var fromStart = rank == 0 ? 0 : fromOffset * Stride(fromShape, axis, size);
        var toStart = rank == 0 ? 0 : toOffset * Stride(toShape, axis, size);
        Span<long> index = stackalloc long[MaxRank];
        index.Clear();
        while (true)
        {
            var a = fromStart;
            var b = toStart;
            for (var i = 0; i < last; i++)
            {
                a += index[i] * fromStride[i];
                b += index[i] * toStride[i];
            }

            from.Slice(checked((int)a), length).CopyTo(to[checked((int)b)..]);
            var at = last - 1;
            while (at >= 0 && ++index[at] == box[at])
            {
                index[at--] = 0;
            }

            if (at < 0) return;
        }
    }

    private static long Stride(ReadOnlySpan<long> shape, int axis, int size)
    {
        long stride = size;
        for (var i = axis + 1; i < shape.Length; i++)
        {
            stride *= shape[i];
        }

        return stride;
    }

    private static Span<byte> Bytes(ModelValue value) => TensorBytes.Of(value);
}
