using System.Globalization;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Conditions;

/// <content>Pressure of memory and control groups.</content>
internal sealed partial class SystemFileSensors
{
    /// <summary>Groups on the way up that are looked at.</summary>
    private const int GroupLimit = 64;

    private MemoryReading ReadMemory()
    {
        var (some, full) = ParsePressure(Text("/proc/pressure/memory"));
        double? share = null;
        long? high = null;
        long? max = null;
        long? oom = null;
        if (MachineMemory.ParseCgroupPath(Text("/proc/self/cgroup")) is { } path)
        {
            var own = ParsePressure(Text($"/sys/fs/cgroup{path}/memory.pressure"));
            (some, full) = (Larger(some, own.Some), Larger(full, own.Full));

            // Every group on the way up may set a limit. Of those above, only events at their own limit count: a neighbour's are not ours.
            for (var i = 0; i < GroupLimit; i++)
            {
                var folder = $"/sys/fs/cgroup{path}";
                share = Larger(share, ReadShare(folder));
                var events = Text(i == 0 ? $"{folder}/memory.events" : $"{folder}/memory.events.local");
                high = Sum(high, ParseField(events, "high"));
                max = Sum(max, ParseField(events, "max"));
                oom = Sum(oom, Sum(ParseField(events, "oom"), ParseField(events, "oom_kill")));
                var slash = path.LastIndexOf('/');
                if (slash < 0) break;
                path = path[..slash];
            }
        }

        return new MemoryReading { SomePercent = some, FullPercent = full, GroupPercent = share, HighEvents = high, MaxEvents = max, OomEvents = oom };
    }

    /// <summary>What a group uses of its limit without file pages, which the kernel drops before it lets anything wait; null without a limit.</summary>
    private double? ReadShare(string folder)
    {
        var limit = MachineMemory.ParseLimit(Text($"{folder}/memory.max"));
        if (MachineMemory.ParseLimit(Text($"{folder}/memory.high")) is { } high && !(high >= limit)) limit = high;
        if (limit is not { } bytes || MachineMemory.ParseLimit(Text($"{folder}/memory.current")) is not { } current) return null;
        var statistics = Text($"{folder}/memory.stat");
        if (ParseField(statistics, "inactive_file") is not { } inactive || ParseField(statistics, "active_file") is not { } active) return null;
        return 100.0 * Math.Clamp(current - (double)inactive - active, 0, bytes) / bytes;
    }

    /// <summary>The avg10 figures of a PSI file in percent; null for what is not there or out of 0 to 100.</summary>
    internal static (double? Some, double? Full) ParsePressure(string? text)
    {
        double? some = null;
        double? full = null;
        foreach (var line in (text ?? string.Empty).AsSpan().EnumerateLines())
        {
            if (line.StartsWith("some ", StringComparison.Ordinal)) some = ParseAverage(line);
            else if (line.StartsWith("full ", StringComparison.Ordinal)) full = ParseAverage(line);
        }

        return (some, full);
    }

    /// <summary>The figure behind a name in a file of one name and figure a line; null where it is not there or not a figure.</summary>
    internal static long? ParseField(string? text, string name)
    {
        foreach (var line in (text ?? string.Empty).AsSpan().EnumerateLines())
        {
            if (line.Length <= name.Length || line[name.Length] != ' ' || !line.StartsWith(name, StringComparison.Ordinal)) continue;
            return long.TryParse(line[(name.Length + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        return null;
    }

    private static double? ParseAverage(ReadOnlySpan<char> line)
    {
        const string name = " avg10=";
        var start = line.IndexOf(name, StringComparison.Ordinal);
        if (start < 0) return null;
        var figure = line[(start + name.Length)..];
        var end = figure.IndexOf(' ');
        if (end >= 0) figure = figure[..end];
        return double.TryParse(figure, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 100 ? value : null;
    }

    private static double? Larger(double? x, double? y) => x is null ? y : y > x ? y : x;

    private static long? Sum(long? x, long? y) => x is null ? y : y is null ? x : unchecked((x + y) & long.MaxValue);
}
