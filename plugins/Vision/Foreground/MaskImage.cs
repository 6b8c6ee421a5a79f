using EdgeHost.Plugins.Vision.Imaging;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Foreground;

/// <summary>Makes pictures of masks. No state.</summary>
internal static class MaskImage
{
    // A mask has large even areas: more effort makes it hardly smaller and much slower.
    private const int CompressionLevel = 3;

    /// <summary>Enlarges a mask to a picture's size, bilinearly, and writes it as PNG.</summary>
    /// <param name="alpha">The mask of a network, row by row, 0 to 1; what is outside of that, or no number, counts as the nearest end or 0.</param>
    /// <param name="maskWidth">Its columns.</param>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="pool">Memory for both, given back at once.</param>
    /// <returns>The file, and the mean of its pixels, 0 to 1.</returns>
    public static (byte[] Png, double Coverage) Write(ReadOnlySpan<float> alpha, int maskWidth, int width, int height, PixelMemoryPool pool)
    {
        using var small = pool.Rent(alpha.Length);
        using var large = pool.Rent(checked(width * height));
        for (var i = 0; i < alpha.Length; i++) small.Span[i] = (byte)(alpha[i] > 0 ? (MathF.Min(alpha[i], 1) * 255) + 0.5f : 0);
        using var from = new SKPixmap(Grey(maskWidth, alpha.Length / maskWidth), small.Address, maskWidth);
        using var to = new SKPixmap(Grey(width, height), large.Address, width);
        if (!from.ScalePixels(to, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.None))) throw new InvalidOperationException($"Scaling a mask to {width} x {height} pixels failed.");
        using var png = to.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, CompressionLevel)) ?? throw new InvalidOperationException("Writing a mask as PNG failed.");
        return (png.ToArray(), Mean(large.Span));
    }

    private static SKImageInfo Grey(int width, int height) => new(width, height, SKColorType.Gray8, SKAlphaType.Opaque);

    private static double Mean(ReadOnlySpan<byte> pixels)
    {
        long sum = 0;
        foreach (var pixel in pixels) sum += pixel;
        return sum / (255.0 * pixels.Length);
    }
}
