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

    /// <summary>Writes a picture into the float32 [size, size, 3] RGB tensor at (left, top); all else becomes black.</summary>
    public static void PackInterleavedRgb(ReadOnlySpan<uint> pixels, int width, int height, Span<float> tensor, int size, int left, int top, ChannelScale scale)
    {
        if (width < size || height < size) tensor[..(size * size * 3)].Fill(scale.Offset);
        for (var y = 0; y < height; y++)
        {
            var target = tensor.Slice((((top + y) * size) + left) * 3, width * 3);
            var row = pixels.Slice(y * width, width);
            for (int x = 0, to = 0; x < row.Length; x++, to += 3)
            {
                var pixel = row[x];
                target[to + 2] = ((byte)(pixel >> 16) * scale.Factor) + scale.Offset;
                target[to + 1] = ((byte)(pixel >> 8) * scale.Factor) + scale.Offset;
                target[to] = ((byte)pixel * scale.Factor) + scale.Offset;
            }
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
