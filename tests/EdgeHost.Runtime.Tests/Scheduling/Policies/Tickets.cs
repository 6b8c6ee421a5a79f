using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

/// <summary>Makes tickets in order of arrival.</summary>
internal sealed class Tickets
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _sequence;

    public StepTicket Make(
        CallPriority priority = CallPriority.Normal,
        string app = "app",
        double? run = null,
        double? deadline = null,
        double at = 0,
        object? key = null,
        int entries = 1,
        int maxEntries = 8,
        bool isRepeatable = true) => new()
        {
            Priority = priority,
            App = app,
            Model = "m@1",
            Enqueued = At(at),
            Sequence = _sequence++,
            Deadline = deadline is { } milliseconds ? At(milliseconds) : null,
            ExpectedRun = run is { } expected ? TimeSpan.FromMilliseconds(expected) : null,
            BatchKey = key is null ? null : new BatchKey(key, 0),
            Entries = entries,
            MaxEntries = key is null ? 1 : maxEntries,
            IsRepeatable = isRepeatable,
        };

    public static DateTimeOffset At(double milliseconds) => Start.AddMilliseconds(milliseconds);
}
