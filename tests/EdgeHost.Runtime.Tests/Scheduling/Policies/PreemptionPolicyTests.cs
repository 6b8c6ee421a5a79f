using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

public sealed class PreemptionPolicyTests
{
    private readonly Tickets _tickets = new();
    private readonly StepSchedulerOptions _options = new();
    private readonly List<StepTicket> _expired = [];

    [Theory]
    [InlineData(CallPriority.Interactive, CallPriority.Background, true)]
    [InlineData(CallPriority.Interactive, CallPriority.Training, true)]
    [InlineData(CallPriority.Normal, CallPriority.Training, true)]
    [InlineData(CallPriority.Normal, CallPriority.Background, false)]
    [InlineData(CallPriority.Background, CallPriority.Training, false)]
    [InlineData(CallPriority.Interactive, CallPriority.Normal, false)]
    [InlineData(CallPriority.Interactive, CallPriority.Interactive, false)]
    public void Preempt_OneRunning_StopsItWhereTheWaitingOneOutranksIt(CallPriority waiting, CallPriority running, bool stops)
    {
        var schedule = Running(1, _tickets.Make(running, run: 100));
        schedule.Submit(_tickets.Make(waiting), Tickets.Start);

        Assert.Equal(stops, schedule.Preempt(Tickets.Start) is not null);
        Assert.Null(schedule.Preempt(Tickets.Start));
    }

    [Fact]
    public void Preempt_SeveralRunning_StopsTheLowestClassThatStartedLast()
    {
        var trainings = new[] { _tickets.Make(CallPriority.Training, run: 100), _tickets.Make(CallPriority.Training, run: 100) };
        var schedule = Running(3, trainings[0], trainings[1], _tickets.Make(CallPriority.Background, run: 100));
        schedule.Submit(_tickets.Make(CallPriority.Interactive), Tickets.Start);

        Assert.Same(trainings[1], schedule.Preempt(Tickets.Start)!.Head);
        Assert.Null(schedule.Preempt(Tickets.Start));
    }

    [Fact]
    public void Preempt_ThreeWaiting_StopsAsManyAsAreNeeded()
    {
        var schedule = Running(4, [.. Enumerable.Range(0, 4).Select(_ => _tickets.Make(CallPriority.Background, run: 100))]);
        for (var i = 0; i < 3; i++)
        {
            schedule.Submit(_tickets.Make(CallPriority.Interactive), Tickets.Start);
        }

        Assert.Equal(3, Enumerable.Range(0, 5).Count(_ => schedule.Preempt(Tickets.Start) is not null));
    }

    [Fact]
    public void Preempt_RunEndsWithinTheBound_IsWaitedForUntilTheBoundHasPassed()
    {
        var schedule = Running(1, _tickets.Make(CallPriority.Background, run: 4));
        schedule.Submit(_tickets.Make(CallPriority.Interactive), Tickets.Start);

        Assert.Null(schedule.Preempt(Tickets.Start));
        Assert.Equal(Tickets.At(5), schedule.Wake);
        Assert.NotNull(schedule.Preempt(Tickets.At(5)));
        Assert.Null(schedule.Wake);
    }

    [Fact]
    public void Preempt_NormalRunBesideEndsSoon_LeavesTheBackgroundAlone()
    {
        var schedule = Running(2, _tickets.Make(CallPriority.Background, run: 100), _tickets.Make(CallPriority.Normal, run: 3));
        schedule.Submit(_tickets.Make(CallPriority.Interactive), Tickets.Start);

        Assert.Null(schedule.Preempt(Tickets.Start));
    }

    [Fact]
    public void Preempt_NotRepeatableOrUninterruptible_IsLeftAlone()
    {
        var fixedStep = Running(1, _tickets.Make(CallPriority.Background, run: 100, isRepeatable: false));
        fixedStep.Submit(_tickets.Make(CallPriority.Interactive), Tickets.Start);
        var fused = new DeviceSchedule(_options, 1, isInterruptible: false);
        fused.StartAtOnce(_tickets.Make(CallPriority.Background, run: 100), Tickets.Start);
        fused.Submit(_tickets.Make(CallPriority.Interactive), Tickets.Start);

        Assert.Null(fixedStep.Preempt(Tickets.At(50)));
        Assert.Null(fused.Preempt(Tickets.At(50)));
        Assert.Null(fixedStep.Wake);
    }

    [Fact]
    public void Preempt_StoppedAsOftenAsAllowed_RunsToItsEnd()
    {
        var background = _tickets.Make(CallPriority.Background, run: 100);
        var schedule = new DeviceSchedule(_options, 1, isInterruptible: true);
        schedule.Submit(background, Tickets.Start);
        for (var i = 0; i < 3; i++)
        {
            var run = schedule.TryStart(Tickets.Start, _expired)!;
            Assert.Same(background, run.Head);
            schedule.Submit(_tickets.Make(CallPriority.Interactive), Tickets.Start);
            Assert.Same(run, schedule.Preempt(Tickets.Start));
            schedule.End(run, TimeSpan.FromMilliseconds(1), RunOutcome.Preempted);
            schedule.End(schedule.TryStart(Tickets.Start, _expired)!, TimeSpan.Zero, RunOutcome.Completed);
        }

        Assert.Same(background, schedule.TryStart(Tickets.Start, _expired)!.Head);
        schedule.Submit(_tickets.Make(CallPriority.Interactive), Tickets.Start);
        Assert.Null(schedule.Preempt(Tickets.At(50)));
        Assert.Equal(3, background.Interruptions);
    }

    [Fact]
    public void End_Preempted_PutsTheStepBeforeItsPeersWithItsAge()
    {
        var first = _tickets.Make(CallPriority.Background, run: 100);
        var schedule = Running(1, first);
        schedule.Submit(_tickets.Make(CallPriority.Background, run: 100, at: 1), Tickets.At(1));
        schedule.Submit(_tickets.Make(CallPriority.Interactive, at: 2), Tickets.At(2));

        schedule.End(schedule.Preempt(Tickets.At(2))!, TimeSpan.FromMilliseconds(2), RunOutcome.Preempted);
        schedule.End(schedule.TryStart(Tickets.At(2), _expired)!, TimeSpan.Zero, RunOutcome.Completed);

        Assert.Same(first, schedule.Queue.Oldest);
        Assert.Same(first, schedule.TryStart(Tickets.At(3), _expired)!.Head);
    }

    [Fact]
    public void TryStart_UninterruptibleWhileInteractiveIsAbout_HoldsLongBackgroundBack()
    {
        var schedule = new DeviceSchedule(_options, 1, isInterruptible: false);
        var interactive = schedule.StartAtOnce(_tickets.Make(CallPriority.Interactive, run: 10), Tickets.Start)!;
        var longOne = _tickets.Make(CallPriority.Background, run: 500, app: "a");
        var unknown = _tickets.Make(CallPriority.Background, app: "b");
        var shortOne = _tickets.Make(CallPriority.Background, run: 50, app: "c");
        schedule.Submit(longOne, Tickets.Start);
        schedule.Submit(unknown, Tickets.Start);
        schedule.Submit(shortOne, Tickets.Start);
        schedule.End(interactive, TimeSpan.FromMilliseconds(10), RunOutcome.Completed);

        var started = schedule.TryStart(Tickets.At(10), _expired)!;
        Assert.Same(shortOne, started.Head);
        schedule.End(started, TimeSpan.FromMilliseconds(50), RunOutcome.Completed);
        Assert.Null(schedule.TryStart(Tickets.At(60), _expired));
        Assert.Equal(Tickets.At(250), schedule.Wake);
        Assert.NotNull(schedule.TryStart(Tickets.At(250), _expired));
    }

    [Fact]
    public void TryStart_UninterruptibleAndAged_StartsLongBackgroundAllTheSame()
    {
        var schedule = new DeviceSchedule(_options, 1, isInterruptible: false);
        var background = _tickets.Make(CallPriority.Background, run: 500);
        schedule.Submit(background, Tickets.Start);
        schedule.Submit(_tickets.Make(CallPriority.Interactive, run: 1, at: 2_100), Tickets.At(2_100));
        schedule.End(schedule.TryStart(Tickets.At(2_100), _expired)!, TimeSpan.Zero, RunOutcome.Completed);

        Assert.Same(background, schedule.TryStart(Tickets.At(2_101), _expired)!.Head);
    }

    [Fact]
    public void PreemptResting_ClassesBelow_AreStoppedAndRestUntilLetGo()
    {
        var training = _tickets.Make(CallPriority.Training, run: 100);
        var schedule = Running(1, training);
        schedule.MinimumPriority = CallPriority.Normal;

        var run = schedule.PreemptResting()!;
        schedule.End(run, TimeSpan.FromMilliseconds(1), RunOutcome.Preempted);

        Assert.Null(schedule.PreemptResting());
        Assert.Null(schedule.TryStart(Tickets.At(60_000), _expired));
        schedule.MinimumPriority = CallPriority.Training;
        Assert.Same(training, schedule.TryStart(Tickets.At(60_000), _expired)!.Head);
    }

    [Fact]
    public void Dequeue_StepThatRested_DoesNotCountTheRestAsAge()
    {
        var queue = new FairStepQueue(_options);
        queue.Enqueue(_tickets.Make(CallPriority.Background));
        for (var i = 0; i < 8; i++)
        {
            queue.Enqueue(_tickets.Make(CallPriority.Normal, at: 9_000));
        }

        Assert.Equal(CallPriority.Normal, queue.Dequeue(Tickets.At(9_000), new StartLimits(CallPriority.Normal))!.Priority);
        var turns = Enumerable.Range(0, 7).Select(_ => queue.Dequeue(Tickets.At(10_000), default)!.Priority);

        Assert.All(turns, priority => Assert.Equal(CallPriority.Normal, priority));
    }

    private DeviceSchedule Running(int slots, params StepTicket[] tickets)
    {
        var schedule = new DeviceSchedule(_options, slots, isInterruptible: true);
        foreach (var ticket in tickets)
        {
            Assert.NotNull(schedule.StartAtOnce(ticket, Tickets.Start));
        }

        return schedule;
    }
}
