namespace EdgeHost.Pictures;

/// <summary>Tells files apart by how they begin, so that nothing but a picture ever reaches native code.</summary>
internal static class PictureFormat
{
    public const string Jpeg = "JPEG";

    /// <summary>The formats as a message names them.</summary>
    public const string Accepted = "JPEG, PNG, WebP, BMP or GIF";

    /// <summary>More scans than any encoder makes: each one of a progressive JPEG costs a pass over all pixels, so a small file could keep a processor busy for hours.</summary>
    public const int MostScans = 100;

    /// <summary>The format's name, or null if it is none of the accepted.</summary>
    public static string? Of(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])) return "PNG";
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8)) return "WebP";
        if (file.StartsWith("BM"u8)) return "BMP";
        return file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) ? "GIF" : null;
    }

    /// <summary>Whether a JPEG has more scans than are taken. In the data of a scan the two bytes of the marker never stand together.</summary>
    public static bool HasTooManyScans(ReadOnlySpan<byte> file)
    {
        var scans = 0;
        while (scans <= MostScans && file.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) is >= 0 and var at)
        {
            scans++;
            file = file[(at + 2)..];
        }

        return scans > MostScans;
    }
}
