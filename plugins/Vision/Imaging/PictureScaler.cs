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
        var target = new PixelImage(pool, width, height);
        try
        {
            Draw(source, target, new Letterbox(0, 0, source.Width, source.Height, 0, 0, width, height), averageBeyond);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    /// <summary>Draws a part of a picture into a part of another one, resized; the rest of that one stays as it is.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="target">Where it is drawn.</param>
    /// <param name="box">Which part of the picture goes where; inside of both.</param>
    /// <param name="averageBeyond">As for <see cref="Scale"/>.</param>
    public static void Draw(PixelImage source, PixelImage target, in Letterbox box, float averageBeyond)
    {
        var shrink = MathF.Max((float)box.SourceWidth / box.Width, (float)box.SourceHeight / box.Height);
        using var from = Map(source, box.SourceLeft, box.SourceTop, box.SourceWidth, box.SourceHeight);
        using var to = Map(target, box.Left, box.Top, box.Width, box.Height);
        if (!from.ScalePixels(to, shrink > averageBeyond ? Averaged : Direct))
        {
            throw new InvalidOperationException($"Scaling {box.SourceWidth} x {box.SourceHeight} to {box.Width} x {box.Height} pixels failed.");
        }
    }

    private static SKPixmap Map(PixelImage image, int left, int top, int width, int height)
    {
        if (left < 0 || top < 0 || left + width > image.Width || top + height > image.Height) throw new ArgumentOutOfRangeException(nameof(image), "The part lies outside of the picture.");
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        return new SKPixmap(info, image.Address + (top * image.StrideBytes) + (left * PixelImage.BytesPerPixel), image.StrideBytes);
    }
}
