using System.Globalization;
using System.Numerics;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>
/// Decodes untrusted pictures into upright opaque pixels: the size is read from the header and limited first, the EXIF orientation is
/// applied, transparency is laid on white, and grey, 16-bit, palette and CMYK pictures become 8-bit RGB. Bytes that an app may still write to are
/// decoded from a copy. Thread-safe.
/// </summary>
internal sealed class PictureDecoder(ImagingOptions options, PixelMemoryPool pool) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.MaxConcurrentDecodes, options.MaxConcurrentDecodes);

    /// <summary>Decodes a picture.</summary>
    /// <param name="encoded">The file's bytes; not kept.</param>
    /// <param name="usefulSide">
    /// Longest side in pixels beyond which more detail does not help the caller: a larger JPEG is decoded at a half, quarter or eighth of its
    /// size as long as that stays at or above this.
    /// </param>
    /// <param name="cancellationToken">Stops waiting for a free decoder; a decode that has begun runs to its end and is then dropped.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: empty, not a picture, damaged, cut off or too large.</exception>
    public async ValueTask<DecodedPicture> DecodeAsync(ReadOnlyMemory<byte> encoded, int usefulSide, CancellationToken cancellationToken)
    {
        _ = Check(encoded.Span);
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        DecodedPicture picture;
        try
        {
            using var own = OwnBytes.Of(encoded);

            // Once more: only the own bytes are sure to be those that are decoded.
            picture = Decode(own.Bytes, Check(own.Bytes.Span), usefulSide);
        }
        finally
        {
            _slots.Release();
        }

        if (cancellationToken.IsCancellationRequested)
        {
            picture.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return picture;
    }

    /// <summary>Checks what the first bytes and the length of a file tell.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <returns>The format's name.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: empty, not a picture or too long.</exception>
    public string Check(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            throw Invalid($"The image is empty; send the bytes of a {PictureFormat.Accepted} file.");
        }

        if (encoded.Length > options.MaxEncodedBytes)
        {
            throw Invalid($"The image has {encoded.Length:N0} bytes; at most {options.MaxEncodedBytes:N0} are taken.");
        }

        return PictureFormat.Recognize(encoded)
            ?? throw Invalid($"The bytes are not an image that can be read; send a {PictureFormat.Accepted} file.");
    }

    public void Dispose() => _slots.Dispose();

    private unsafe DecodedPicture Decode(ReadOnlyMemory<byte> encoded, string format, int usefulSide)
    {
        using var pin = encoded.Pin();
        using var data = SKData.Create((nint)pin.Pointer, encoded.Length);
        using var codec = SKCodec.Create(data)
            ?? throw Invalid($"The {format} image is cut off or its header is damaged.");
        var width = codec.Info.Width;
        var height = codec.Info.Height;
        CheckSize(width, height);

        var size = format == "JPEG" ? ReducedSize(codec, usefulSide) : codec.Info.Size;
        var stored = new PixelImage(pool, size.Width, size.Height);
        try
        {
            var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
            var result = codec.GetPixels(info, stored.Address, stored.StrideBytes, new SKCodecOptions(0));
            if (result != SKCodecResult.Success)
            {
                throw Invalid(result == SKCodecResult.IncompleteInput
                    ? $"The {format} image of {width} x {height} pixels is cut off: its data ends before its last row."
                    : $"The {format} image of {width} x {height} pixels is damaged and cannot be decoded.");
            }

            if (codec.Info.AlphaType != SKAlphaType.Opaque) PixelOperations.FlattenOnWhite(stored.Pixels);
            var upright = PixelOperations.Upright(stored, codec.EncodedOrigin, pool);
            var turned = PixelOperations.SwapsSides(codec.EncodedOrigin);
            var reduction = ReductionOf(codec.Info.Size, size);
            var beyond = new Vector2((turned ? height : width) - (reduction * upright.Width), (turned ? width : height) - (reduction * upright.Height));
            var (fromRight, fromBottom) = PixelOperations.StartsAtEnd(codec.EncodedOrigin);
            return new DecodedPicture(upright, turned ? height : width, turned ? width : height)
            {
                Reduction = reduction,
                Origin = new Vector2(fromRight ? beyond.X : 0, fromBottom ? beyond.Y : 0),
            };
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    private void CheckSize(int width, int height)
    {
        if (width < 1 || height < 1) throw Invalid("The image has no pixels.");
        if (width > options.MaxSide || height > options.MaxSide)
        {
            throw Invalid($"The image is {width:N0} x {height:N0} pixels; a side may have at most {options.MaxSide:N0}. Send a smaller one.");
        }

        var pixels = (long)width * height;
        if (pixels > options.MaxPixels)
        {
            throw Invalid(string.Create(
                CultureInfo.InvariantCulture,
                $"The image is {width:N0} x {height:N0} = {pixels:N0} pixels; at most {options.MaxPixels:N0} are taken. Send a smaller one."));
        }
    }

    private static SKSizeI ReducedSize(SKCodec codec, int usefulSide)
    {
        var size = codec.Info.Size;
        foreach (var scale in (ReadOnlySpan<float>)[1f / 8, 1f / 4, 1f / 2])
        {
            var reduced = codec.GetScaledDimensions(scale);
            if (reduced.Width < 1 || reduced.Height < 1 || (reduced.Width >= size.Width && reduced.Height >= size.Height)) continue;
            if (Math.Max(reduced.Width, reduced.Height) >= usefulSide) return reduced;
        }

        return size;
    }

    // The decoder's reduced pixels each stand for a square of the full picture; those of the last column and row may reach beyond it.
    private static int ReductionOf(SKSizeI full, SKSizeI reduced)
    {
        foreach (var factor in (ReadOnlySpan<int>)[1, 2, 4, 8])
        {
            if ((full.Width + factor - 1) / factor == reduced.Width && (full.Height + factor - 1) / factor == reduced.Height) return factor;
        }

        throw new InvalidOperationException($"A picture of {full.Width} x {full.Height} pixels was decoded at {reduced.Width} x {reduced.Height}, which is no half, quarter or eighth.");
    }

    private static EdgeHostException Invalid(string message) => new(ErrorCode.InvalidArgument, message);
}
