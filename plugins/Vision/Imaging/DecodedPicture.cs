namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>
/// A decoded picture. Its pixels may be a reduced form of a large JPEG; results are reported in pixels of the full upright picture
/// through <see cref="ScaleX"/> and <see cref="ScaleY"/>.
/// </summary>
internal sealed class DecodedPicture(PixelImage pixels, int width, int height) : IDisposable
{
    /// <summary>The pixels, owned by this picture.</summary>
    public PixelImage Pixels { get; } = pixels;

    /// <summary>Width of the full picture after its EXIF orientation was applied.</summary>
    public int Width { get; } = width;

    /// <summary>Height of the full picture after its EXIF orientation was applied.</summary>
    public int Height { get; } = height;

    /// <summary>Full picture pixels for one pixel of <see cref="Pixels"/>, across.</summary>
    public float ScaleX => (float)Width / Pixels.Width;

    /// <summary>Full picture pixels for one pixel of <see cref="Pixels"/>, down.</summary>
    public float ScaleY => (float)Height / Pixels.Height;

    public void Dispose() => Pixels.Dispose();
}
