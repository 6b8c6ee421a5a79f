using System.Numerics;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>
/// A decoded picture. Its pixels may be a reduced form of a large JPEG; results are reported in pixels of the full upright picture
/// through <see cref="ToFull"/>.
/// </summary>
/// <param name="pixels">The pixels; owned from now on.</param>
/// <param name="width">Width of the full picture after its EXIF orientation was applied.</param>
/// <param name="height">Height of the full picture after its EXIF orientation was applied.</param>
internal sealed class DecodedPicture(PixelImage pixels, int width, int height) : IDisposable
{
    /// <summary>The pixels, owned by this picture.</summary>
    public PixelImage Pixels { get; } = pixels;

    /// <summary>Width of the full picture after its EXIF orientation was applied.</summary>
    public int Width { get; } = width;

    /// <summary>Height of the full picture after its EXIF orientation was applied.</summary>
    public int Height { get; } = height;

    /// <summary>The full picture's size.</summary>
    public Vector2 Size => new(Width, Height);

    /// <summary>Full picture pixels for one pixel of <see cref="Pixels"/>: a whole number for a reduced JPEG, whose last pixels may reach beyond the picture.</summary>
    public int Reduction { get; init; } = 1;

    /// <summary>Where the first pixel of <see cref="Pixels"/> begins in the full picture: zero, or below it where a reduced JPEG was turned so that its last pixels come first.</summary>
    public Vector2 Origin { get; init; }

    /// <summary>The place in the full picture of a place in <see cref="Pixels"/>; both in pixels from the top left corner.</summary>
    public Vector2 ToFull(Vector2 place) => (place * Reduction) + Origin;

    public void Dispose() => Pixels.Dispose();
}
