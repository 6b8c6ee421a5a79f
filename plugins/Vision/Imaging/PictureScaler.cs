using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>Resizes whole pictures: bilinear with half-pixel centres.</summary>
internal static class PictureScaler
{
    private static readonly SKSamplingOptions Direct = new(SKFilterMode.Linear, SKMipmapMode.None);
    private static readonly SKSamplingOptions Averaged = new(SKFilterMode.Linear, SKMipmapMode.Nearest);

    /// <summary>A resized copy; the caller disposes it.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="width">New width.</param>
    /// <param name="height">New height.</param>
    /// <param name="averageBeyond">
    /// Shrinking by more than this samples averaged half-size levels of the picture instead of its own pixels: nothing is skipped, and fine
    /// detail becomes softer.
    /// </param>
    /// <param name="pool">Where the copy's memory comes from.</param>
    public static PixelImage Scale(PixelImage source, int width, int height, float averageBeyond, PixelMemoryPool pool)
    {
        var shrink = MathF.Max((float)source.Width / width, (float)source.Height / height);
        var target = new PixelImage(pool, width, height);
        try
        {
            using var from = Map(source);
            using var to = Map(target);
            if (!from.ScalePixels(to, shrink > averageBeyond ? Averaged : Direct))
            {
                throw new InvalidOperationException($"Scaling {source.Width} x {source.Height} to {width} x {height} pixels failed.");
            }

            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    private static SKPixmap Map(PixelImage image)
        => new(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), image.Address, image.StrideBytes);
}
