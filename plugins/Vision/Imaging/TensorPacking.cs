using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>Writes pixels into float32 tensors. No allocation.</summary>
internal static class TensorPacking
{
    /// <summary>
    /// Writes pixels as planes in the order B, G, R: float32 [3, height, tensorWidth], pixels on the left, zeros to their right.
    /// </summary>
    /// <param name="pixels">width x height pixels, row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="tensor">3 x height x tensorWidth floats.</param>
    /// <param name="tensorWidth">At least <paramref name="width"/>.</param>
    /// <param name="blue">Scale of the first plane.</param>
    /// <param name="green">Scale of the second plane.</param>
    /// <param name="red">Scale of the third plane.</param>
    public static void PackPlanarBgr(
        ReadOnlySpan<uint> pixels,
        int width,
        int height,
        Span<float> tensor,
        int tensorWidth,
        ChannelScale blue,
        ChannelScale green,
        ChannelScale red)
    {
        var plane = height * tensorWidth;
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * width, width);
            var start = y * tensorWidth;
            PackRow(row, 16, tensor.Slice(start, tensorWidth), blue);
            PackRow(row, 8, tensor.Slice(plane + start, tensorWidth), green);
            PackRow(row, 0, tensor.Slice((2 * plane) + start, tensorWidth), red);
        }
    }

    /// <summary>Writes pixels as three planes: float32 [3, pixels].</summary>
    /// <param name="pixels">The pixels, row by row.</param>
    /// <param name="tensor">Three floats a pixel.</param>
    /// <param name="order">Which channel goes first.</param>
    /// <param name="scales">For red, green and blue.</param>
    public static void PackPlanes(ReadOnlySpan<uint> pixels, Span<float> tensor, ChannelOrder order, in ChannelScales scales)
    {
        var (first, last) = order == ChannelOrder.Rgb ? (0, 16) : (16, 0);
        PackRow(pixels, first, tensor[..pixels.Length], order == ChannelOrder.Rgb ? scales.Red : scales.Blue);
        PackRow(pixels, 8, tensor.Slice(pixels.Length, pixels.Length), scales.Green);
        PackRow(pixels, last, tensor[(2 * pixels.Length)..], order == ChannelOrder.Rgb ? scales.Blue : scales.Red);
    }

    /// <summary>Writes pixels with their channels side by side: float32 [pixels, 3].</summary>
    /// <inheritdoc cref="PackPlanes" path="/param"/>
    public static void PackInterleaved(ReadOnlySpan<uint> pixels, Span<float> tensor, ChannelOrder order, in ChannelScales scales)
    {
        var (first, last) = order == ChannelOrder.Rgb ? (0, 16) : (16, 0);
        var (red, green, blue) = order == ChannelOrder.Rgb ? (scales.Red, scales.Green, scales.Blue) : (scales.Blue, scales.Green, scales.Red);
        for (int i = 0, to = 0; i < pixels.Length; i++, to += 3)
        {
            var pixel = pixels[i];
            tensor[to + 2] = ((byte)(pixel >> last) * blue.Factor) + blue.Offset;
            tensor[to + 1] = ((byte)(pixel >> 8) * green.Factor) + green.Offset;
            tensor[to] = ((byte)(pixel >> first) * red.Factor) + red.Offset;
        }
    }

    /// <summary>Writes pixels as they are with their channels side by side: [pixels, 3] of 0 to 255.</summary>
    /// <typeparam name="T">int32 or uint8.</typeparam>
    /// <param name="pixels">The pixels, row by row.</param>
    /// <param name="tensor">Three numbers a pixel.</param>
    /// <param name="order">Which channel goes first.</param>
    public static void PackInterleaved<T>(ReadOnlySpan<uint> pixels, Span<T> tensor, ChannelOrder order)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (first, last) = order == ChannelOrder.Rgb ? (0, 16) : (16, 0);
        for (int i = 0, to = 0; i < pixels.Length; i++, to += 3)
        {
            var pixel = pixels[i];
            tensor[to + 2] = T.CreateTruncating((byte)(pixel >> last));
            tensor[to + 1] = T.CreateTruncating((byte)(pixel >> 8));
            tensor[to] = T.CreateTruncating((byte)(pixel >> first));
        }
    }

    private static void PackRow(ReadOnlySpan<uint> row, int shift, Span<float> target, ChannelScale scale)
    {
        var source = MemoryMarshal.Cast<uint, Vector<uint>>(row);
        var packed = MemoryMarshal.Cast<float, Vector<float>>(target);
        var mask = new Vector<uint>(0xFF);
        var factor = new Vector<float>(scale.Factor);
        var offset = new Vector<float>(scale.Offset);
        for (var i = 0; i < source.Length; i++)
        {
            var channel = Vector.ShiftRightLogical(source[i], shift) & mask;
            packed[i] = (Vector.ConvertToSingle(Vector.AsVectorInt32(channel)) * factor) + offset;
        }

        for (var x = source.Length * Vector<uint>.Count; x < row.Length; x++)
        {
            target[x] = ((byte)(row[x] >> shift) * scale.Factor) + scale.Offset;
        }

        target[row.Length..].Clear();
    }
}
