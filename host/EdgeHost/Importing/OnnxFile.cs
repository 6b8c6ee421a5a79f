using EdgeHost.Host.Cli;

namespace EdgeHost.Host.Importing;

/// <summary>
/// Looks whether a file is an ONNX model at all and whole, by its outermost fields alone, whatever its size: what is no model would else be found out at the first call. What the
/// graph does is the engine's to say.
/// </summary>
internal static class OnnxFile
{
    private const int GraphField = 7;
    private const int LengthDelimited = 2;
    private const int MostFields = 100_000;

    /// <summary>Looks.</summary>
    /// <exception cref="UsageException">It is none, or cut off.</exception>
    public static void Check(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!HasGraph(file)) throw new UsageException($"'{path}' is no ONNX model, or it is cut off.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {e.Message}");
        }
    }

    private static bool HasGraph(FileStream file)
    {
        var hasGraph = false;
        for (var i = 0; file.Position < file.Length; i++)
        {
            if (i == MostFields || Number(file) is not { } tag || tag >> 3 is 0 or > 100) return false;
            if (Skip(file, (int)(tag & 7)) is not { } length) return false;
            hasGraph |= tag == ((GraphField << 3) | LengthDelimited) && length > 0;
        }

        return hasGraph;
    }

    // How long the field's content was; null where it does not fit into the file.
    private static long? Skip(FileStream file, int wireType)
    {
        var length = wireType switch
        {
            0 => Number(file) is null ? -1 : 0,
            1 => sizeof(long),
            LengthDelimited => Number(file) is { } given and <= long.MaxValue ? (long)given : -1,
            5 => sizeof(int),
            _ => -1,
        };
        if (length < 0 || length > file.Length - file.Position) return null;
        file.Position += length;
        return length;
    }

    private static ulong? Number(FileStream file)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = file.ReadByte();
            if (next < 0) return null;
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        return null;
    }
}
