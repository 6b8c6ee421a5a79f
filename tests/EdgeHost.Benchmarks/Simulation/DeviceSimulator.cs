using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Benchmarks.Simulation;

/// <summary>
/// One device in virtual time: the host's own schedule and estimators of run times, driven by a list of events instead of threads. Everything that happens is decided
/// by the trace and the policies. Not thread-safe.
/// </summary>
internal sealed class DeviceSimulator
{
    private const int MaxBatch = 8;

    /// <summary>A run can be stopped between two of so many nodes of the same length.</summary>
    private const int Nodes = 30;

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly SimulatedDiscipline _discipline;
    private readonly DeviceSchedule _schedule;
    private readonly Dictionary<string, RunTimeEstimator> _estimators = new(StringComparer.Ordinal);
    private readonly SimulationTally _tally = new();
    private readonly PriorityQueue<SimulatedRun?, (DateTimeOffset At, long Order)> _events = new();
    private readonly List<StepTicket> _expired = [];
    private DateTimeOffset? _wake;
    private long _order;
    private DateTimeOffset _now;

    /// <summary>Creates a device.</summary>
    /// <param name="discipline">Its policies.</param>
    /// <param name="slots">Runs at once.</param>
    /// <param name="isInterruptible">Whether a run can be stopped.</param>
    public DeviceSimulator(SimulatedDiscipline discipline, int slots = 1, bool isInterruptible = true)
    {
        _discipline = discipline;
        _schedule = new DeviceSchedule(discipline.Options, slots, isInterruptible, static () => new SimulatedRun());
    }

    /// <summary>Runs requests to the last answer.</summary>
    /// <param name="steps">The device's requests in order of arrival.</param>
    public SimulationTally Run(IReadOnlyList<TraceStep> steps)
    {
        for (var next = 0; next < steps.Count || _events.Count > 0;)
        {
            // What ends at the same moment as something comes has ended.
            if (next < steps.Count && !(_events.TryPeek(out _, out var first) && first.At <= Start + steps[next].At))
            {
                _now = Start + steps[next].At;
                Submit(steps[next], next);
                next++;
            }
            else
            {
                _events.TryDequeue(out var run, out var due);
                if (run is not null && due.At != run.Ends) continue;
                _now = due.At;
                if (run is not null) End(run);
                else if (_wake == due.At) _wake = null;
            }

            Advance();
        }

        if (_schedule.Waiting > 0) throw new InvalidOperationException($"{_schedule.Waiting} requests wait and nothing will start them.");
        if (steps.Count > 0) _tally.Lasted(_now - (Start + steps[0].At));
        return _tally;
    }

    private void Submit(in TraceStep step, int number)
    {
        _tally.Came(step);
        LatencyEstimate? estimate = _estimators.TryGetValue(step.Model, out var estimator) ? estimator.Estimate() : null;
        var ticket = new SimulatedTicket
        {
            Step = step,
            Priority = step.Priority,
            App = step.App,
            Model = step.Model,
            Enqueued = _now,
            Sequence = number,
            Deadline = _discipline.KnowsDeadlines ? _now + step.Deadline : null,
            ExpectedRun = estimate?.Expected,
            CautiousRun = estimate?.Cautious,
            BatchKey = step.FixedShare is null || _discipline.Options.Discipline != QueueDiscipline.Fair ? null : new BatchKey(step.Model, 0),
            MaxEntries = MaxBatch,
            IsRepeatable = true,
        };
        if (_schedule.Submit(ticket, _now).Outcome != AdmissionOutcome.Admitted) _tally.WasRefused();
    }

    private void End(SimulatedRun run)
    {
        var time = _now - run.Started;
        if (run.IsPreempted)
        {
            _tally.WasPreempted(time);
            _schedule.End(run, time, RunOutcome.Preempted);
            return;
        }

        var share = time / run.Tickets.Count;
        foreach (var ticket in run.Tickets)
        {
            var step = ((SimulatedTicket)ticket).Step;
            _tally.WasAnswered(step, run.Started - ticket.Enqueued, _now - ticket.Enqueued, share);
        }

        if (run.Tickets.Count == 1) Learn(run.Head.Model, time);
        _schedule.End(run, time, RunOutcome.Completed);
    }

    /// <summary>Lets the schedule do what it can now.</summary>
    private void Advance()
    {
        while (_schedule.TryStart(_now, _expired) is SimulatedRun run)
        {
            Schedule(run, _now + TimeOf(run));
        }

        foreach (var _ in _expired) _tally.HasExpired();
        _expired.Clear();
        while (_schedule.Preempt(_now) is SimulatedRun victim)
        {
            var node = (victim.Ends - victim.Started) / Nodes;
            var inside = TimeSpan.FromTicks((_now - victim.Started).Ticks % Math.Max(1, node.Ticks));
            var end = _now + (node - inside);
            if (end < victim.Ends) Schedule(victim, end);
        }

        if (_schedule.Wake is { } wake && wake > _now && (_wake is null || wake < _wake))
        {
            _wake = wake;
            _events.Enqueue(null, (wake, _order++));
        }
    }

    private void Schedule(SimulatedRun run, DateTimeOffset end)
    {
        run.Ends = end;
        _events.Enqueue(run, (end, _order++));
    }

    private void Learn(string model, TimeSpan time)
    {
        if (!_estimators.TryGetValue(model, out var estimator)) _estimators.Add(model, estimator = new RunTimeEstimator());
        estimator.Observe(time);
    }

    private static TimeSpan TimeOf(SimulatedRun run)
    {
        var sum = TimeSpan.Zero;
        foreach (var ticket in run.Tickets) sum += ((SimulatedTicket)ticket).Step.Run;
        if (run.Tickets.Count == 1) return sum;
        var count = run.Tickets.Count;
        var fixedShare = ((SimulatedTicket)run.Head).Step.FixedShare!.Value;
        return sum / count * (fixedShare + ((1 - fixedShare) * count));
    }
}
