using System.Globalization;

namespace EdgeHost.Runtime.Onnx.Memory;

/// <summary>How much memory of this process is resident.</summary>
internal static class ResidentMemory
{
    /// <summary>Bytes, from <c>/proc/self/statm</c> where there is one.</summary>
    public static long Bytes
        => OperatingSystem.IsLinux() && ParseStatm(TryRead("/proc/self/statm")) is { } pages ? pages * Environment.SystemPageSize : Environment.WorkingSet;

    /// <summary>The resident pages: the second number.</summary>
    internal static long? ParseStatm(string? text)
    {
        var parts = (text ?? string.Empty).Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length >= 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pages) ? pages : null;
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
