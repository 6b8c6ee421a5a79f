using System.Globalization;

namespace EdgeHost.ModelStore.Blobs;

/// <summary>Byte counts as people read them, with the exact figure beside.</summary>
internal static class ByteText
{
    public static string Of(long bytes)
    {
        var exact = bytes.ToString("#,0", CultureInfo.InvariantCulture);
        return Math.Abs(bytes) switch
        {
            < 1_000 => $"{exact} bytes",
            < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB ({exact} bytes)"),
            < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB ({exact} bytes)"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB ({exact} bytes)"),
        };
    }
}
