using EdgeHost.Learning.Preprocessing;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace EdgeHost.Pictures.Annotations;

/// <summary>
/// Draws on a picture what models found in it: outlines, points, masks, and names that can be read on any background. Takes the pictures that <see cref="IPictureDecoder"/> takes.
/// Thread-safe.
/// </summary>
public sealed class PictureAnnotator : IDisposable
{
    private readonly PictureDecoder _decoder;

    /// <summary>Draws with limits.</summary>
    /// <param name="options">The limits of pictures; checked by whoever made them.</param>
    public PictureAnnotator(PictureOptions options)
        => _decoder = new PictureDecoder(Options.Create(options ?? throw new ArgumentNullException(nameof(options))));

    /// <summary>Draws on a picture.</summary>
    /// <param name="file">The bytes of a JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="annotations">What to draw, in this order.</param>
    /// <param name="mask">A picture file whose bright parts are what a model found, stretched over the whole picture: the rest is darkened. Null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A PNG file of the upright picture's size.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: no picture that can be read, or one beyond the limits; <see cref="ErrorCode.FailedPrecondition"/>: pictures cannot be decoded on this device.</exception>
    public async Task<byte[]> AnnotateAsync(
        ReadOnlyMemory<byte> file, IReadOnlyList<Annotation> annotations, ReadOnlyMemory<byte>? mask, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        var picture = await _decoder.DecodeAsync(file, 0, 0, cancellationToken).ConfigureAwait(false);
        using var bitmap = ToBitmap(picture);
        if (mask is { } found) Darken(bitmap, await _decoder.DecodeAsync(found, 0, 0, cancellationToken).ConfigureAwait(false));
        using (var canvas = new SKCanvas(bitmap))
        using (var pen = new AnnotationPen(canvas, picture.Width, picture.Height))
        {
            foreach (var annotation in annotations) pen.DrawShapes(annotation);
            foreach (var annotation in annotations) pen.DrawName(annotation);
            cancellationToken.ThrowIfCancellationRequested();
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    // Outside of what was found a quarter of the light stays, so that one still sees what was left out.
    private static void Darken(SKBitmap bitmap, Picture mask)
    {
        var pixels = bitmap.GetPixelSpan();
        var found = mask.Pixels.Span;
        var at = 0;
        for (var y = 0; y < bitmap.Height; y++)
        {
            var row = (int)((long)y * mask.Height / bitmap.Height) * mask.Width;
            for (var x = 0; x < bitmap.Width; x++, at += 4)
            {
                var light = 64 + (found[(row + (int)((long)x * mask.Width / bitmap.Width)) * mask.Channels] * 191 / 255);
                foreach (ref var channel in pixels.Slice(at, 3)) channel = (byte)(channel * light / 255);
            }
        }
    }

    private static SKBitmap ToBitmap(Picture picture)
    {
        var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var to = bitmap.GetPixelSpan();
        var from = picture.Pixels.Span;
        for (int source = 0, target = 0; source < from.Length; source += 3, target += 4)
        {
            from.Slice(source, 3).CopyTo(to[target..]);
            to[target + 3] = byte.MaxValue;
        }

        return bitmap;
    }
}
