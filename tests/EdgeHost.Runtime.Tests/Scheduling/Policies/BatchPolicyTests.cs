using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

public sealed class BatchPolicyTests
{
    private readonly Tickets _tickets = new();
    private readonly StepSchedulerOptions _options = new();
    private readonly List<StepTicket> _expired = [];

    [Fact]
    public void TryStart_OthersOfTheKeyWait_JoinsThemUpToTheMost()
    {
        var schedule = new DeviceSchedule(_options, 1, true);
        Submit(schedule, 3, "a", entries: 3);
        Submit(schedule, 1, "b");

        var run = Start(schedule, 0);

        Assert.Equal((2, 6), (run.Tickets.Count, run.Entries));
        Assert.Equal(2, schedule.Waiting);
    }

    [Fact]
    public void TryStart_LowerClassOfTheKeyWaits_LeavesItOut()
    {
        var schedule = new DeviceSchedule(_options, 1, true);
        schedule.Submit(_tickets.Make(CallPriority.Background, key: "a"), Tickets.Start);
        schedule.Submit(_tickets.Make(CallPriority.Interactive, key: "a"), Tickets.Start);

        Assert.Equal(CallPriority.Interactive, Assert.Single(Start(schedule, 0).Tickets).Priority);
    }

    [Fact]
    public void TryStart_LargerRunWouldMissADeadline_StopsJoiningBefore()
    {
        var schedule = new DeviceSchedule(_options, 1, true);
        Teach(schedule, "a", 1, 10);
        Teach(schedule, "a", 4, 22);
        schedule.Submit(_tickets.Make(key: "a", deadline: 1_020), Tickets.At(1_000));
        Submit(schedule, 5, "a", at: 1_000);

        // One takes 10, two 14, three 18, four 22 ms.
        Assert.Equal(3, Start(schedule, 1_000).Entries);
    }

    [Fact]
    public void TryStart_ArrivalsDenseAndJoiningPays_WaitsForMoreAndStartsWhenFull()
    {
        var schedule = Dense();
        schedule.Submit(_tickets.Make(key: "a", maxEntries: 4), Tickets.At(2_000));

        Assert.Null(schedule.TryStart(Tickets.At(2_000), _expired));
        Assert.True(schedule.IsForming);
        Assert.Equal(Tickets.At(2_005), schedule.Wake);
        Submit(schedule, 3, "a", at: 2_001, maxEntries: 4);

        Assert.Equal(4, Start(schedule, 2_001).Entries);
        Assert.Null(schedule.Wake);
    }

    [Fact]
    public void TryStart_WindowPasses_StartsWithWhatCame()
    {
        var schedule = Dense();
        Submit(schedule, 2, "a", at: 2_000, maxEntries: 4);
        Assert.Null(schedule.TryStart(Tickets.At(2_000), _expired));

        Assert.Equal(2, Start(schedule, 2_005).Entries);
    }

    [Fact]
    public void TryStart_OtherWorkComes_StartsAtOnce()
    {
        var schedule = Dense();
        Submit(schedule, 1, "a", at: 2_000, maxEntries: 4);
        Assert.Null(schedule.TryStart(Tickets.At(2_000), _expired));

        schedule.Submit(_tickets.Make(key: "b"), Tickets.At(2_001));

        Assert.Equal("a", Start(schedule, 2_001).Head.BatchKey!.Value.Group);
    }

    [Fact]
    public void TryStart_MoreUrgentWorkComes_GoesFirst()
    {
        var schedule = Dense();
        Submit(schedule, 2, "a", at: 2_000, maxEntries: 4);
        Assert.Null(schedule.TryStart(Tickets.At(2_000), _expired));

        schedule.Submit(_tickets.Make(CallPriority.Interactive), Tickets.At(2_001));

        Assert.Equal(CallPriority.Interactive, Start(schedule, 2_001).Head.Priority);
        Assert.Equal(2, schedule.Waiting);
    }

    [Fact]
    public void TryStart_InteractiveWithoutDeadlineOrLightLoad_NeverWaits()
    {
        var dense = Dense();
        dense.Submit(_tickets.Make(CallPriority.Interactive, key: "a", maxEntries: 4), Tickets.At(2_000));
        var light = new DeviceSchedule(_options, 1, true);
        Teach(light, "a", 1, 10);
        Teach(light, "a", 4, 16);
        for (var i = 0; i < 10; i++)
        {
            Submit(light, 1, "a", at: 1_000 + (i * 50), maxEntries: 4);
            End(light, Start(light, 1_000 + (i * 50)), 10);
        }

        Assert.NotNull(dense.TryStart(Tickets.At(2_000), _expired));
    }

    [Fact]
    public void TryStart_JoinedRunsTakeLongerThanOneByOne_JoinsFewer()
    {
        var schedule = new DeviceSchedule(_options, 1, true);
        Teach(schedule, "a", 1, 10);
        Teach(schedule, "a", 8, 200);
        Submit(schedule, 8, "a", at: 5_000);

        Assert.InRange(Start(schedule, 5_000).Entries, 1, 4);
    }

    [Fact]
    public void Remove_StepOfAFormingRun_LeavesTheOthersAndAnEmptyOneIsGone()
    {
        var schedule = Dense();
        var first = _tickets.Make(key: "a", maxEntries: 4);
        var second = _tickets.Make(key: "a", maxEntries: 4);
        schedule.Submit(first, Tickets.At(2_000));
        schedule.Submit(second, Tickets.At(2_000));
        Assert.Null(schedule.TryStart(Tickets.At(2_000), _expired));

        Assert.True(schedule.Remove(first));
        Assert.Equal(1, schedule.Waiting);
        Assert.True(schedule.Remove(second));
        Assert.False(schedule.Remove(second));
        Assert.False(schedule.IsForming);
        Assert.True(schedule.IsFree);
    }

    [Fact]
    public void Arrived_ThousandsOfKeys_KeepsABoundedNumber()
    {
        var policy = new BatchPolicy(_options);
        for (var i = 0; i < 5_000; i++)
        {
            policy.Arrived(_tickets.Make(key: i), Tickets.At(i));
        }

        Assert.Equal(64, policy.Keys);
    }

    [Fact]
    public void Submit_StepsThatWillBeJoined_CountAsTheirPartOfAJoinedRun()
    {
        var schedule = new DeviceSchedule(_options, 1, true);
        Teach(schedule, "a", 1, 10);
        Teach(schedule, "a", 8, 24);
        schedule.StartAtOnce(_tickets.Make(run: 1), Tickets.At(1_000));
        for (var i = 0; i < 16; i++)
        {
            schedule.Submit(_tickets.Make(run: 10, key: "a", at: 1_000), Tickets.At(1_000));
        }

        Assert.Equal(48, schedule.Queue.WorkFrom(CallPriority.Training).TotalMilliseconds, 0.1);
        Assert.Equal(AdmissionOutcome.Admitted, schedule.Submit(_tickets.Make(run: 10, key: "a", at: 1_000, deadline: 1_100), Tickets.At(1_000)).Outcome);
    }

    /// <summary>A schedule that has seen key "a" come every millisecond, and joining pay: one takes 10 ms, four 16.</summary>
    private DeviceSchedule Dense()
    {
        var schedule = new DeviceSchedule(_options, 1, true);
        Teach(schedule, "a", 1, 10);
        Teach(schedule, "a", 4, 16);
        for (var i = 0; i < 40; i++)
        {
            var ticket = _tickets.Make(key: "a", maxEntries: 4, at: 1_000 + i);
            schedule.Submit(ticket, Tickets.At(1_000 + i));
            schedule.Remove(ticket);
        }

        // The gap to what follows is part of what is learned; keep it dense.
        for (var i = 0; i < 40; i++)
        {
            var ticket = _tickets.Make(key: "a", maxEntries: 4, at: 1_960 + i);
            schedule.Submit(ticket, Tickets.At(1_960 + i));
            schedule.Remove(ticket);
        }

        return schedule;
    }

    private void Teach(DeviceSchedule schedule, string key, int entries, double milliseconds)
    {
        for (var i = 0; i < 10; i++)
        {
            var run = schedule.StartAtOnce(_tickets.Make(key: key, entries: entries), Tickets.At(i * 10))!;
            End(schedule, run, milliseconds);
        }
    }

    private void Submit(DeviceSchedule schedule, int count, string key, int entries = 1, double at = 0, int maxEntries = 8)
    {
        for (var i = 0; i < count; i++)
        {
            schedule.Submit(_tickets.Make(key: key, entries: entries, at: at, maxEntries: maxEntries), Tickets.At(at));
        }
    }

    private StepRun Start(DeviceSchedule schedule, double at) => schedule.TryStart(Tickets.At(at), _expired) ?? throw new InvalidOperationException("Nothing started.");

    private static void End(DeviceSchedule schedule, StepRun run, double milliseconds)
        => schedule.End(run, TimeSpan.FromMilliseconds(milliseconds), RunOutcome.Completed);
}
