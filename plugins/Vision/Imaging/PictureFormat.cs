namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>Recognises the accepted formats by their first bytes. Everything else never reaches a native decoder.</summary>
internal static class PictureFormat
{
    /// <summary>The accepted formats as a message names them.</summary>
    public const string Accepted = "PNG, JPEG, WebP, BMP or GIF";

    /// <summary>The format's name, or null if the bytes begin none of the accepted formats.</summary>
    public static string? Recognize(ReadOnlySpan<byte> encoded)
    {
        if (encoded.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])) return "PNG";
        if (encoded.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "JPEG";
        if (encoded.Length >= 12 && encoded.StartsWith("RIFF"u8) && encoded[8..].StartsWith("WEBP"u8)) return "WebP";
        if (encoded.StartsWith("BM"u8)) return "BMP";
        if (encoded.StartsWith("GIF87a"u8) || encoded.StartsWith("GIF89a"u8)) return "GIF";
        return null;
    }
}
