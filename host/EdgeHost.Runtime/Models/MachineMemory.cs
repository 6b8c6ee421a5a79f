using System.Globalization;

namespace EdgeHost.Runtime.Models;

/// <summary>How much memory this process may count on: the machine's, or less where a cgroup (version 2) limits it.</summary>
internal sealed class MachineMemory
{
    private const string CgroupRoot = "/sys/fs/cgroup";

    private readonly ISystemFiles _files;

    public MachineMemory(ISystemFiles files) => _files = files;

    /// <summary>Bytes; where nothing can be read, what the .NET runtime believes.</summary>
    public long TotalBytes
    {
        get
        {
            var machine = ParseMemInfo(_files.TryReadText("/proc/meminfo")) ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
            return Math.Min(machine, ReadCgroupLimit() ?? long.MaxValue);
        }
    }

    internal static long? ParseMemInfo(string? text)
    {
        foreach (var line in (text ?? string.Empty).AsSpan().EnumerateLines())
        {
            if (!line.StartsWith("MemTotal:", StringComparison.Ordinal)) continue;
            var value = line["MemTotal:".Length..].Trim();
            if (!value.EndsWith(" kB", StringComparison.Ordinal)) return null;
            return TryParseBytes(value[..^3].Trim()) is { } kilobytes && kilobytes <= long.MaxValue / 1024 ? kilobytes * 1024 : null;
        }

        return null;
    }

    /// <summary>The path of the version 2 group from <c>/proc/self/cgroup</c>, or null.</summary>
    internal static string? ParseCgroupPath(string? text)
    {
        foreach (var line in (text ?? string.Empty).AsSpan().EnumerateLines())
        {
            if (!line.StartsWith("0::/", StringComparison.Ordinal)) continue;
            var path = line[3..].ToString();
            return path.Contains("..", StringComparison.Ordinal) ? null : path.TrimEnd('/');
        }

        return null;
    }

    /// <summary>The content of <c>memory.max</c>; null for "max" and for anything that is not a positive number.</summary>
    internal static long? ParseLimit(string? text) => TryParseBytes((text ?? string.Empty).AsSpan().Trim());

    private static long? TryParseBytes(ReadOnlySpan<char> text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    private long? ReadCgroupLimit()
    {
        // Every group on the way up may set a limit; the smallest holds.
        if (ParseCgroupPath(_files.TryReadText("/proc/self/cgroup")) is not { } path) return null;
        long? smallest = null;
        while (true)
        {
            if (ParseLimit(_files.TryReadText($"{CgroupRoot}{path}/memory.max")) is { } limit && !(limit >= smallest)) smallest = limit;
            var slash = path.LastIndexOf('/');
            if (slash < 0) return smallest;
            path = path[..slash];
        }
    }
}
