using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

public sealed class AdmissionPolicyTests
{
    private readonly Tickets _tickets = new();
    private readonly StepSchedulerOptions _options = new();

    [Fact]
    public void Submit_WorkAheadFitsBeforeTheDeadline_IsAdmitted()
    {
        var schedule = Busy(10, 10, 10);

        Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(_tickets.Make(run: 10, deadline: 40), Tickets.Start).Outcome);
    }

    [Fact]
    public void Submit_WorkAheadDoesNotFit_IsRefusedWithBothFiguresAndWhenItWouldFit()
    {
        var schedule = Busy(10, 10, 10);

        var admission = schedule.Submit(_tickets.Make(run: 10, deadline: 35), Tickets.Start);

        Assert.Equal(
            new Admission(AdmissionOutcome.Hopeless, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(5)),
            admission);
        Assert.Equal(2, schedule.Queue.Count);
    }

    [Fact]
    public void Submit_DeadlineBeforeThoseThatWait_CountsOnlyWhatIsMoreUrgent()
    {
        var schedule = Busy(10);
        for (var i = 0; i < 20; i++)
        {
            schedule.Submit(_tickets.Make(run: 10, deadline: 10_000), Tickets.Start);
        }

        Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(_tickets.Make(run: 10, deadline: 25), Tickets.Start).Outcome);
    }

    [Fact]
    public void Submit_LowerClassesWaiting_DoNotCount()
    {
        var schedule = Busy(1);
        for (var i = 0; i < 20; i++)
        {
            schedule.Submit(_tickets.Make(CallPriority.Background, run: 100), Tickets.Start);
        }

        Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(_tickets.Make(run: 10, deadline: 25), Tickets.Start).Outcome);
    }

    [Fact]
    public void Submit_AppFarAheadOfItsShare_CountsWhatOthersMayCatchUp()
    {
        var schedule = Busy(10);
        schedule.Submit(_tickets.Make(run: 200, app: "other"), Tickets.Start);
        schedule.Submit(_tickets.Make(run: 200, app: "other"), Tickets.Start);
        for (var i = 0; i < 100; i++)
        {
            // The app runs far ahead: each of its steps is more urgent than the other's.
            var ticket = _tickets.Make(run: 10, app: "greedy");
            schedule.Queue.Begin(ticket);
            schedule.Queue.Charge(ticket, TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(AdmissionOutcome.Hopeless, schedule.Submit(_tickets.Make(run: 10, deadline: 100, app: "greedy"), Tickets.Start).Outcome);
        Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(_tickets.Make(run: 10, deadline: 100, app: "third"), Tickets.Start).Outcome);
    }

    [Fact]
    public void Submit_RunningBackgroundCouldBeStopped_CountsTheBoundInPlaceOfItsRest()
    {
        var schedule = new DeviceSchedule(_options, 1, isInterruptible: true);
        schedule.StartAtOnce(_tickets.Make(CallPriority.Background, run: 1_000), Tickets.Start);

        Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(_tickets.Make(CallPriority.Interactive, run: 10, deadline: 20), Tickets.Start).Outcome);
        Assert.Equal(AdmissionOutcome.Hopeless, schedule.Submit(_tickets.Make(CallPriority.Normal, run: 10, deadline: 20), Tickets.Start).Outcome);
    }

    [Theory]
    [InlineData(-1, "Late")]
    [InlineData(0, "Late")]
    [InlineData(5, "Hopeless")]
    [InlineData(10, "Admitted")]
    public void Submit_FreeDevice_ComparesDeadlineWithTheRunAlone(double deadline, string expected)
        => Assert.Equal(expected, new DeviceSchedule(_options, 1, true).Submit(_tickets.Make(run: 10, deadline: deadline), Tickets.Start).Outcome.ToString());

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Submit_DeadlineAtTheEndOfTime_IsAdmittedWithoutOverflow(double margin)
    {
        _options.AdmissionMargin = margin;
        var schedule = Busy(10);
        var ticket = new StepTicket
        {
            Priority = CallPriority.Normal,
            App = "a",
            Model = "m",
            Enqueued = Tickets.Start,
            Sequence = 99,
            Deadline = DateTimeOffset.MaxValue,
            ExpectedRun = TimeSpan.FromMilliseconds(1),
        };

        Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(ticket, Tickets.Start).Outcome);
    }

    [Fact]
    public void Submit_NothingKnownOfTheStep_IsAdmitted()
        => Assert.Equal(AdmissionOutcome.Admitted, Busy(1_000).Submit(_tickets.Make(deadline: 1), Tickets.Start).Outcome);

    [Fact]
    public void Submit_MarginOfZero_AdmitsTheHopeless()
    {
        _options.AdmissionMargin = 0;

        Assert.Equal(AdmissionOutcome.Admitted, Busy(1_000).Submit(_tickets.Make(run: 10, deadline: 1), Tickets.Start).Outcome);
    }

    [Fact]
    public void Submit_QueueFull_SaysWhenItMayHaveDrained()
    {
        _options.QueueLimit = 2;

        var admission = Busy(10, 10, 10).Submit(_tickets.Make(run: 10), Tickets.Start);

        Assert.Equal((AdmissionOutcome.Full, TimeSpan.FromMilliseconds(20)), (admission.Outcome, admission.RetryAfter));
    }

    [Fact]
    public void TryStart_StepThatCanNoLongerFinish_IsDroppedForTheNext()
    {
        var schedule = new DeviceSchedule(_options, 1, true);
        var first = schedule.StartAtOnce(_tickets.Make(run: 10), Tickets.Start)!;
        var late = _tickets.Make(run: 10, deadline: 25);
        var next = _tickets.Make(run: 10, deadline: 60);
        schedule.Submit(late, Tickets.Start);
        schedule.Submit(next, Tickets.Start);
        schedule.End(first, TimeSpan.FromMilliseconds(20), RunOutcome.Completed);
        var expired = new List<StepTicket>();

        var run = schedule.TryStart(Tickets.At(20), expired);

        Assert.Same(next, run!.Head);
        Assert.Equal([late], expired);
    }

    private DeviceSchedule Busy(double running, params double[] waiting)
    {
        var schedule = new DeviceSchedule(_options, 1, true);
        schedule.StartAtOnce(_tickets.Make(run: running), Tickets.Start);
        foreach (var run in waiting)
        {
            Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(_tickets.Make(run: run, deadline: 30), Tickets.Start).Outcome);
        }

        return schedule;
    }
}
