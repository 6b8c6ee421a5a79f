using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

/// <summary>Drives a schedule through a trace in virtual time: events in order of time, as a simulator does.</summary>
internal sealed class World(DeviceSchedule schedule)
{
    private readonly PriorityQueue<Action, (long At, long Number)> _events = new();
    private readonly Dictionary<StepTicket, double> _runs = [];
    private readonly List<StepTicket> _expired = [];
    private long _number;

    /// <summary>In ticks since <see cref="Tickets.Start"/>: a sum of fractions of milliseconds would miss a moment by one.</summary>
    private long _now;

    /// <summary>Every step that ended, however.</summary>
    public List<StepTicket> Ended { get; } = [];

    /// <summary>Steps that were done after their deadline.</summary>
    public List<StepTicket> Missed { get; } = [];

    /// <summary>When the last run of each step started.</summary>
    public Dictionary<StepTicket, DateTimeOffset> Started { get; } = [];

    public int Completed { get; private set; }

    public Action<StepRun>? OnStart { get; set; }

    public void Arrive(StepTicket ticket, double at, double run, double? cancelAfter = null)
    {
        _runs[ticket] = run;
        At(at, () =>
        {
            if (schedule.Submit(ticket, Now).Outcome != AdmissionOutcome.Admitted) Ended.Add(ticket);
        });
        if (cancelAfter is { } later)
        {
            At(at + later, () =>
            {
                if (schedule.Remove(ticket)) Ended.Add(ticket);
            });
        }
    }

    public void RunToTheEnd()
    {
        var events = 0;
        while (_events.TryDequeue(out var next, out var when))
        {
            Assert.True(++events < 100_000, "The schedule goes round in circles.");
            _now = when.At;
            next();

            // What comes at the same moment comes together.
            if (!_events.TryPeek(out _, out var following) || following.At > when.At) Settle();
        }
    }

    private DateTimeOffset Now => Tickets.Start.AddTicks(_now);

    private void At(double at, Action action) => AtTicks((long)(at * TimeSpan.TicksPerMillisecond), action);

    private void AtTicks(long at, Action action) => _events.Enqueue(action, (at, _number++));

    private void In(double milliseconds, Action action) => AtTicks(_now + (long)(milliseconds * TimeSpan.TicksPerMillisecond), action);

    private void Settle()
    {
        while (schedule.TryStart(Now, _expired) is { } run)
        {
            Start(run);
        }

        Ended.AddRange(_expired);
        _expired.Clear();
        while (schedule.Preempt(Now) is { } victim)
        {
            // Terminated runs come back half a millisecond later.
            In(0.5, () =>
            {
                if (victim.IsRunning) schedule.End(victim, Now - victim.Started, RunOutcome.Preempted);
            });
        }

        if (schedule.Wake is { } wake && wake > Now) AtTicks((wake - Tickets.Start).Ticks, static () => { });
    }

    private void Start(StepRun run)
    {
        OnStart?.Invoke(run);
        foreach (var ticket in run.Tickets)
        {
            Started[ticket] = Now;
        }

        var time = run.Tickets.Max(ticket => _runs[ticket]) * (1 + (0.2 * (run.Tickets.Count - 1)));
        In(time, () =>
        {
            if (!run.IsRunning) return;
            schedule.End(run, TimeSpan.FromMilliseconds(time), RunOutcome.Completed);
            foreach (var ticket in run.Tickets)
            {
                Ended.Add(ticket);
                Completed++;
                if (ticket.Deadline < Now) Missed.Add(ticket);
            }
        });
    }
}
