using EdgeHost.Benchmarks.Fairness;

namespace EdgeHost.Benchmarks.Simulation;

/// <summary>What came of the requests of a trace. Not thread-safe; merged at the end.</summary>
internal sealed class SimulationTally
{
    private static readonly int Classes = Enum.GetValues<CallPriority>().Length;

    private readonly Dictionary<string, TimeSpan> _deviceTime = new(StringComparer.Ordinal);
    private readonly long[] _requests = new long[Classes];
    private readonly long[] _inside = new long[Classes];

    /// <summary>Requests that came.</summary>
    public long Requests => _requests.Sum();

    /// <summary>Answered in time, or at all where they had no deadline.</summary>
    public long Inside => _inside.Sum();

    /// <summary>Answered after their deadline.</summary>
    public long Late { get; private set; }

    /// <summary>Refused when they came.</summary>
    public long Refused { get; private set; }

    /// <summary>Dropped at their turn because they could no longer be in time.</summary>
    public long Expired { get; private set; }

    /// <summary>Runs that were stopped for others.</summary>
    public long Preempted { get; private set; }

    /// <summary>Time in which devices ran something.</summary>
    public TimeSpan Busy { get; private set; }

    /// <summary>The part of it that helped nobody: runs that were stopped, and answers that came too late.</summary>
    public TimeSpan Wasted { get; private set; }

    /// <summary>From the first arrival to the last end, summed over devices.</summary>
    public TimeSpan Span { get; private set; }

    /// <summary>Time from arrival to answer by class, of those that were answered.</summary>
    public LatencyHistogram[] Latency { get; } = [.. Enumerable.Range(0, Classes).Select(static _ => new LatencyHistogram())];

    /// <summary>Time from arrival to the start of the run that answered.</summary>
    public LatencyHistogram Wait { get; } = new();

    public double InsideShare => Requests == 0 ? 1 : (double)Inside / Requests;

    public double WastedShare => Busy == TimeSpan.Zero ? 0 : Wasted / Busy;

    /// <summary>Jain's index of the apps' device time.</summary>
    public double Jain => JainIndex.Of([.. _deviceTime.Values.Select(static time => time.TotalSeconds)]);

    /// <summary>The share of a class's requests that was answered in time; one where none came.</summary>
    public double InsideShareOf(CallPriority priority) => _requests[(int)priority] == 0 ? 1 : (double)_inside[(int)priority] / _requests[(int)priority];

    public void Came(in TraceStep step)
    {
        _requests[(int)step.Priority]++;
        _deviceTime.TryAdd(step.App, TimeSpan.Zero);
    }

    public void WasRefused() => Refused++;

    public void HasExpired() => Expired++;

    public void WasPreempted(TimeSpan ran)
    {
        Preempted++;
        Busy += ran;
        Wasted += ran;
    }

    /// <summary>A request was answered.</summary>
    /// <param name="step">The request.</param>
    /// <param name="wait">From its arrival to the start of the run.</param>
    /// <param name="latency">From its arrival to its answer.</param>
    /// <param name="share">Its part of the run's time.</param>
    public void WasAnswered(in TraceStep step, TimeSpan wait, TimeSpan latency, TimeSpan share)
    {
        Busy += share;
        _deviceTime[step.App] += share;
        Latency[(int)step.Priority].Add(latency);
        Wait.Add(wait);
        if (step.Deadline is { } deadline && latency > deadline)
        {
            Late++;
            Wasted += share;
        }
        else
        {
            _inside[(int)step.Priority]++;
        }
    }

    public void Lasted(TimeSpan span) => Span += span;

    public void Merge(SimulationTally other)
    {
        Late += other.Late;
        Refused += other.Refused;
        Expired += other.Expired;
        Preempted += other.Preempted;
        Busy += other.Busy;
        Wasted += other.Wasted;
        Span += other.Span;
        Wait.Merge(other.Wait);
        for (var i = 0; i < Classes; i++)
        {
            _requests[i] += other._requests[i];
            _inside[i] += other._inside[i];
            Latency[i].Merge(other.Latency[i]);
        }

        foreach (var (app, time) in other._deviceTime) _deviceTime[app] = _deviceTime.GetValueOrDefault(app) + time;
    }
}
