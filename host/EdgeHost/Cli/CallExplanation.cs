using EdgeHost.Protocol;

namespace EdgeHost.Host.Cli;

/// <summary>Says on standard error where and how long a call ran.</summary>
internal static class CallExplanation
{
    public static void Print(CallInfo info)
        => Console.Error.WriteLine(
            $"ran on {info.Device} ({info.Why}); queue {info.QueueTime.TotalMilliseconds:F1} ms, load {info.LoadTime.TotalMilliseconds:F1} ms, run {info.RunTime.TotalMilliseconds:F1} ms; models {string.Join(", ", info.Models)}");
}
