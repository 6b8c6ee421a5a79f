using System.Globalization;
using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// What one device's schedule writes into the decision log. Under overload the same decision falls thousands of times a second, so of each sort one a second is
/// written, with the number of those since. Thread-safe.
/// </summary>
internal sealed class StepDecisions(IDecisionLog log, TimeProvider time, string device)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly (long Last, int Since)[] _throttles = new (long, int)[Enum.GetValues<DecisionKind>().Length + 1];

    /// <summary>A step was refused at its arrival.</summary>
    public void Refused(StepRequest request, string text) => Add(DecisionKind.Refused, 0, request, text);

    /// <summary>A running step was stopped and queued again.</summary>
    public void Preempted(StepRequest request, string why)
        => Add(DecisionKind.Preempted, 0, request, $"A running {Name(request.Priority)} step on {device} was stopped and queued again: {why}.");

    /// <summary>A step waited long before it ran.</summary>
    public void WaitedLong(StepRequest request, TimeSpan wait)
        => Add(DecisionKind.Step, 0, request, $"A step of class {Name(request.Priority)} waited {Text(wait)} for {device}.");

    /// <summary>A step was dropped in the queue.</summary>
    public void Dropped(StepRequest request)
        => Add(
            DecisionKind.Step,
            1,
            request,
            $"A step of class {Name(request.Priority)} was dropped from the queue of {device}: it could no longer be done by its deadline.");

    /// <summary>A run went over its limit or did not come back; always written.</summary>
    public void OverLimit(StepRequest request, string text) => log.Add(DecisionKind.Step, request.Model, request.App.Name, text);

    /// <summary>A time for people.</summary>
    internal static string Text(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms");

    internal static string Name(CallPriority priority) => priority switch
    {
        <= CallPriority.Training => "training",
        CallPriority.Background => "background",
        CallPriority.Normal => "normal",
        _ => "interactive",
    };

    private void Add(DecisionKind kind, int sort, StepRequest request, string text)
    {
        int since;
        var now = time.GetTimestamp();
        lock (_gate)
        {
            ref var throttle = ref _throttles[(int)kind + sort];
            if (throttle.Last != 0 && time.GetElapsedTime(throttle.Last, now) < Interval)
            {
                throttle.Since++;
                return;
            }

            since = throttle.Since;
            throttle = (now, 0);
        }

        log.Add(kind, request.Model, request.App.Name, since == 0 ? text : $"{text} ({since} more of this sort since the last line)");
    }
}
