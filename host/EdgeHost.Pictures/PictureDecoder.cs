using System.Globalization;
using System.Runtime.InteropServices;
using EdgeHost.Learning.Preprocessing;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace EdgeHost.Pictures;

/// <summary>
/// Decodes JPEG, PNG, WebP, BMP and GIF (the first picture of several) to 8-bit red, green and blue: turned as the file's EXIF data says, on white where it is transparent, grey ones with three equal
/// channels. Colours stay as they are stored; profiles are not applied. How large a picture is is read from its header and checked before any memory for pixels is taken. Thread-safe.
/// </summary>
internal sealed class PictureDecoder : IPictureDecoder, IDisposable
{
    private const int BytesOfPixel = 4 + 3;

    private readonly PictureOptions _options;
    private readonly SemaphoreSlim _slots;

    public PictureDecoder(IOptions<PictureOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _slots = new SemaphoreSlim(_options.MaxConcurrentDecodes, _options.MaxConcurrentDecodes);
    }

    public async ValueTask<Picture> DecodeAsync(ReadOnlyMemory<byte> file, int leastWidth, int leastHeight, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leastWidth);
        ArgumentOutOfRangeException.ThrowIfNegative(leastHeight);
        _ = Check(file.Span);
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What is no array may be memory that an app shares and goes on writing to, which a decoder must not read.
            var own = MemoryMarshal.TryGetArray(file, out _) ? file : file.ToArray();
            return Decode(own, Check(own.Span), leastWidth, leastHeight);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The library that decodes pictures cannot be loaded on this device ({e.GetBaseException().GetType().Name}). Record features in place of pictures.", e);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private string Check(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty) throw Wrong($"The picture has no bytes; give those of a {PictureFormat.Accepted} file.");
        if (file.Length > _options.MaxFileBytes) throw Wrong($"The picture's file has {file.Length} bytes; {_options.MaxFileBytes} are allowed ({Key(nameof(PictureOptions.MaxFileBytes))}).");
        var format = PictureFormat.Of(file) ?? throw Wrong($"The bytes are no picture that can be read; give those of a {PictureFormat.Accepted} file.");
        if (format == PictureFormat.Jpeg && PictureFormat.HasTooManyScans(file)) throw Wrong($"The JPEG has more than {PictureFormat.MostScans} scans; store it with fewer.");
        return format;
    }

    private unsafe Picture Decode(ReadOnlyMemory<byte> file, string format, int leastWidth, int leastHeight)
    {
        using var pin = file.Pin();
        using var data = SKData.Create((nint)pin.Pointer, file.Length);
        using var codec = SKCodec.Create(data) ?? throw Wrong($"The {format} is cut off, or its header is damaged.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        CheckSize(format, width, height);
        var origin = codec.EncodedOrigin;
        var size = format != PictureFormat.Jpeg || leastWidth == 0 || leastHeight == 0 ? codec.Info.Size
            : UprightPixels.SwapsSides(origin) ? Reduce(codec, leastHeight, leastWidth)
            : Reduce(codec, leastWidth, leastHeight);
        var bytes = (long)size.Width * size.Height * BytesOfPixel;
        if (bytes > _options.MaxMemoryBytes || bytes > int.MaxValue)
        {
            throw Wrong($"To decode the {format} of {width} x {height} pixels takes {bytes} bytes; {Math.Min(_options.MaxMemoryBytes, int.MaxValue)} are allowed ({Key(nameof(PictureOptions.MaxMemoryBytes))}). Give a smaller picture, or a JPEG, which a first step 'resize' decodes at a fraction of its size.");
        }

        var length = size.Width * size.Height * 4;
        var stored = (byte*)NativeMemory.Alloc((nuint)length);
        try
        {
            var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
            var result = codec.GetPixels(info, (nint)stored, size.Width * 4, new SKCodecOptions(0));
            if (result != SKCodecResult.Success)
            {
                throw Wrong(result == SKCodecResult.IncompleteInput
                    ? $"The {format} of {width} x {height} pixels is cut off: its data ends before its last row."
                    : $"The {format} of {width} x {height} pixels is damaged and cannot be decoded.");
            }

            return UprightPixels.Of(new ReadOnlySpan<byte>(stored, length), size.Width, size.Height, origin);
        }
        finally
        {
            NativeMemory.Free(stored);
        }
    }

    private void CheckSize(string format, int width, int height)
    {
        if (width < 1 || height < 1) throw Wrong($"The {format} has no pixels.");
        if (Math.Max(width, height) > _options.MaxSide)
        {
            throw Wrong($"The {format} has {width} x {height} pixels; a side may have {_options.MaxSide} ({Key(nameof(PictureOptions.MaxSide))}).");
        }

        if ((long)width * height > _options.MaxPixels)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"The {format} has {width} x {height} pixels, which is {(long)width * height}; {_options.MaxPixels} are allowed ({Key(nameof(PictureOptions.MaxPixels))})."));
        }
    }

    // Only the eighths that a JPEG's own transform gives exactly: between them the decoder would choose.
    private static SKSizeI Reduce(SKCodec codec, int leastWidth, int leastHeight)
    {
        foreach (var scale in (ReadOnlySpan<float>)[1f / 8, 1f / 4, 1f / 2])
        {
            var size = codec.GetScaledDimensions(scale);
            if (size.Width >= leastWidth && size.Height >= leastHeight) return size;
        }

        return codec.Info.Size;
    }

    private static string Key(string option) => $"{PictureOptions.SectionName}:{option}";

    private static EdgeHostException Wrong(string problem) => new(ErrorCode.InvalidArgument, problem);
}
