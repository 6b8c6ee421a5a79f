using System.Globalization;
using Xunit;

namespace EdgeHost.TestKit;

/// <summary>A test that interrupts a process that it starts (SIGINT). What a shell starts in the background ignores that signal, and so does whatever is started by it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InterruptFactAttribute : FactAttribute
{
    private const string Status = "/proc/self/status";
    private const string Ignored = "SigIgn:";
    private const ulong Interrupt = 1 << 1;

    public InterruptFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has no signals.";
        else if (IsIgnored()) Skip = "SIGINT is ignored here, as in what a shell runs in the background; run the tests in the foreground.";
    }

    private static bool IsIgnored()
        => File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(static line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
}
