using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

/// <summary>Interactive steps beside background ones on a processor.</summary>
public sealed class ExtraRunsTests
{
    private readonly Tickets _tickets = new();
    private readonly List<StepTicket> _expired = [];

    [Fact]
    public void TryStart_SlotHeldByBackground_InteractiveStartsBesideAndNothingIsStopped()
    {
        var schedule = Schedule();
        var background = Start(schedule, CallPriority.Background);
        var interactive = Submit(schedule, CallPriority.Interactive);

        Assert.Null(schedule.Preempt(Now));
        Assert.True(schedule.MayStart);
        Assert.Same(interactive, schedule.TryStart(Now, _expired)!.Head);
        Assert.False(background.IsTerminating);
        Assert.Equal(2, schedule.Running.Count);
    }

    [Fact]
    public void Preempt_ExtraRunTaken_StopsTheBackgroundRunForTheNextInteractiveStep()
    {
        var schedule = Schedule();
        var background = Start(schedule, CallPriority.Background);
        Start(schedule, CallPriority.Interactive);
        Submit(schedule, CallPriority.Interactive);

        Assert.Null(schedule.TryStart(Now, _expired));
        Assert.Same(background, schedule.Preempt(Now));
    }

    [Fact]
    public void TryStart_BackgroundThatMayNotBeRepeated_InteractiveStillStarts()
    {
        var schedule = Schedule();
        Start(schedule, CallPriority.Background, isRepeatable: false);
        var interactive = Submit(schedule, CallPriority.Interactive);

        Assert.Same(interactive, schedule.TryStart(Now, _expired)!.Head);
    }

    [Theory]
    [InlineData(CallPriority.Background, CallPriority.Normal)]
    [InlineData(CallPriority.Normal, CallPriority.Interactive)]
    [InlineData(CallPriority.Interactive, CallPriority.Interactive)]
    public void TryStart_AnyOtherPair_WaitsForTheSlot(CallPriority running, CallPriority waiting)
    {
        var schedule = Schedule();
        Start(schedule, running);
        Submit(schedule, waiting);

        Assert.False(schedule.MayStart);
        Assert.Null(schedule.TryStart(Now, _expired));
    }

    [Theory]
    [InlineData(0, QueueDiscipline.Fair)]
    [InlineData(1, QueueDiscipline.FirstInFirstOut)]
    [InlineData(1, QueueDiscipline.ShortestExpected)]
    public void TryStart_NoExtraRunsOrAnotherDiscipline_WaitsForTheSlot(int extra, QueueDiscipline discipline)
    {
        var schedule = Schedule(extra, discipline);
        Start(schedule, CallPriority.Background);
        Submit(schedule, CallPriority.Interactive);

        Assert.Null(schedule.TryStart(Now, _expired));
    }

    [Fact]
    public void TryStart_BesideARun_TakesOnlyInteractiveStepsAndLeavesTheAgesOfOthers()
    {
        var schedule = Schedule();
        Start(schedule, CallPriority.Background);
        var old = Submit(schedule, CallPriority.Background);
        var interactive = Submit(schedule, CallPriority.Interactive);
        var late = Now + TimeSpan.FromMinutes(1);

        var beside = schedule.TryStart(late, _expired)!;
        Assert.Same(interactive, beside.Head);
        foreach (var run in schedule.Running.ToArray()) schedule.End(run, TimeSpan.FromMilliseconds(1), RunOutcome.Completed);
        Submit(schedule, CallPriority.Normal, at: 60_000);

        // The old one has aged all the while: with a turn of one it goes before the normal step.
        Assert.Same(old, schedule.TryStart(late, _expired)!.Head);
    }

    [Fact]
    public void StartAtOnce_SlotHeldByBackground_InteractiveKeepsItsThread()
    {
        var schedule = Schedule();
        Start(schedule, CallPriority.Background);

        Assert.NotNull(schedule.StartAtOnce(_tickets.Make(CallPriority.Interactive, run: 1), Now));
        Assert.Null(schedule.StartAtOnce(_tickets.Make(CallPriority.Interactive, run: 1), Now));
    }

    [Fact]
    public void PredictWait_SlotHeldByBackground_IsZeroForInteractiveOnly()
    {
        var schedule = Schedule();
        Start(schedule, CallPriority.Background, run: 100);

        Assert.Equal(TimeSpan.Zero, schedule.PredictWait(CallPriority.Interactive, Now));
        Assert.Equal(TimeSpan.FromMilliseconds(100), schedule.PredictWait(CallPriority.Normal, Now));
    }

    private static DateTimeOffset Now => Tickets.Start;

    private static DeviceSchedule Schedule(int extra = 1, QueueDiscipline discipline = QueueDiscipline.Fair)
        => new(new StepSchedulerOptions { Discipline = discipline, AgedTurn = 1 }, 1, isInterruptible: true) { ExtraSlots = extra };

    private StepTicket Submit(DeviceSchedule schedule, CallPriority priority, bool isRepeatable = true, double run = 50, double at = 0)
    {
        var ticket = _tickets.Make(priority, run: run, at: at, isRepeatable: isRepeatable);
        Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(ticket, Tickets.At(at)).Outcome);
        return ticket;
    }

    private StepRun Start(DeviceSchedule schedule, CallPriority priority, bool isRepeatable = true, double run = 50)
    {
        Submit(schedule, priority, isRepeatable, run);
        return schedule.TryStart(Now, _expired)!;
    }
}
