using EdgeHost.Protocol;

namespace EdgeHost.Host.Cli;

/// <summary>Says on standard error where and how long a call ran.</summary>
internal static class CallExplanation
{
    public static void Print(CallInfo info)
    {
        var where = info.Device.Length == 0 ? "ran no model" : info.Why.StartsWith($"{info.Device}: ", StringComparison.Ordinal) ? $"ran on {info.Why}" : $"ran on {info.Device}: {info.Why}";
        Console.Error.WriteLine(where);
        Console.Error.WriteLine(
            $"queue {info.QueueTime.TotalMilliseconds:F1} ms, load {info.LoadTime.TotalMilliseconds:F1} ms, run {info.RunTime.TotalMilliseconds:F1} ms; models {(info.Models.Count == 0 ? "none" : string.Join(", ", info.Models))}");
    }
}
