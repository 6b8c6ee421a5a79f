using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>Cuts a slanted parallelogram out of a picture and straightens it to a given size.</summary>
internal static class QuadSampler
{
    // Eight taps a side cover text eight times as tall as the recogniser's input; beyond that aliasing no longer matters to it.
    private const int MaxTaps = 8;

    /// <summary>
    /// Samples bilinearly; where the target is coarser than the picture each pixel is the mean of several samples. Outside the picture its
    /// edge pixels continue.
    /// </summary>
    /// <param name="source">The picture.</param>
    /// <param name="quad">Corners in the picture's pixels; the target's top-left, top-right and bottom-left corners are taken from it.</param>
    /// <param name="target">width x height pixels, row by row.</param>
    /// <param name="width">Target width.</param>
    /// <param name="height">Target height.</param>
    public static void Sample(PixelImage source, Quad quad, Span<uint> target, int width, int height)
    {
        var across = (quad.TopRight - quad.TopLeft) / width;
        var down = (quad.BottomLeft - quad.TopLeft) / height;
        var tapsAcross = Math.Clamp((int)MathF.Round(across.Length()), 1, MaxTaps);
        var tapsDown = Math.Clamp((int)MathF.Round(down.Length()), 1, MaxTaps);
        var share = 1f / (tapsAcross * tapsDown);
        var pixels = source.Pixels;
        for (var y = 0; y < height; y++)
        {
            var row = target.Slice(y * width, width);
            for (var x = 0; x < row.Length; x++)
            {
                var sum = Vector128<float>.Zero;
                for (var tapY = 0; tapY < tapsDown; tapY++)
                {
                    var start = quad.TopLeft + (down * (y + ((tapY + 0.5f) / tapsDown))) - new Vector2(0.5f);
                    for (var tapX = 0; tapX < tapsAcross; tapX++)
                    {
                        sum += Tap(pixels, source.Width, source.Height, start + (across * (x + ((tapX + 0.5f) / tapsAcross))));
                    }
                }

                row[x] = Pack(sum * share);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Tap(ReadOnlySpan<uint> pixels, int width, int height, Vector2 at)
    {
        var x = Math.Clamp(at.X, 0, width - 1);
        var y = Math.Clamp(at.Y, 0, height - 1);
        int left = (int)x, top = (int)y;
        var right = Math.Min(left + 1, width - 1);
        var bottom = Math.Min(top + 1, height - 1);
        var fractionX = Vector128.Create(x - left);
        var upper = Mix(Unpack(pixels[(top * width) + left]), Unpack(pixels[(top * width) + right]), fractionX);
        var lower = Mix(Unpack(pixels[(bottom * width) + left]), Unpack(pixels[(bottom * width) + right]), fractionX);
        return Mix(upper, lower, Vector128.Create(y - top));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Mix(Vector128<float> from, Vector128<float> to, Vector128<float> fraction) => from + ((to - from) * fraction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Unpack(uint pixel)
        => Vector128.ConvertToSingle(
            Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(pixel).AsByte())).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Pack(Vector128<float> channels)
    {
        var whole = Vector128.ConvertToInt32(channels + Vector128.Create(0.5f));
        return (uint)(whole[0] | (whole[1] << 8) | (whole[2] << 16)) | 0xFF000000u;
    }
}
