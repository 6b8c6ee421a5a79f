using CsCheck;
using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DeviceStateMachineTests
{
    private enum Event
    {
        Succeed,
        Fault,
        Hang,
        EndHang,
        Wait,
        Tick,
        Pass,
        Fail,
        NoAnswer,
        EndStuckTest,
    }

    private static readonly DeviceOptions Limits = new();

    [Fact]
    public void Fault_ThreeWithinTheWindow_TakesAnAcceleratorOut()
    {
        var machine = Accelerator();

        Assert.True(machine.Fault(At(0), "a"));
        Assert.Equal(DeviceHealthState.Suspect, machine.State);
        Assert.False(machine.Fault(At(30), "b"));
        Assert.True(machine.Fault(At(59), "c"));

        Assert.Equal(DeviceHealthState.Failed, machine.State);
        Assert.Equal("3 faults within 60 s, the last: c", machine.Reason);
        Assert.Equal(At(61), machine.Due);
    }

    [Fact]
    public void Fault_ThreeInMoreThanTheWindow_StaysSuspect()
    {
        var machine = Accelerator();

        machine.Fault(At(0), "a");
        machine.Fault(At(30), "b");
        machine.Fault(At(60), "c");

        Assert.Equal(DeviceHealthState.Suspect, machine.State);
    }

    [Fact]
    public void Fault_Processor_IsNeverTakenOut()
    {
        var machine = Processor(2);

        for (var i = 0; i < 100; i++)
        {
            machine.Fault(At(i), "a");
        }

        Assert.Equal(DeviceHealthState.Suspect, machine.State);
    }

    [Fact]
    public void Succeed_EnoughInARow_ClearsASuspicionAfterAPause()
    {
        var machine = Accelerator();
        machine.Fault(At(0), "a");
        for (var i = 0; i < 50; i++)
        {
            Assert.False(machine.Succeed(At(1)));
        }

        Assert.True(machine.Succeed(At(2)));
        Assert.Equal(DeviceHealthState.Healthy, machine.State);
        Assert.Null(machine.Due);
    }

    [Fact]
    public void Succeed_Cleared_TheFaultsStillCount()
    {
        var machine = Accelerator();
        for (var fault = 0; fault < 3; fault++)
        {
            Assert.NotEqual(DeviceHealthState.Failed, machine.State);
            machine.Fault(At(10 * fault), "a");
            for (var i = 0; i < 20; i++)
            {
                machine.Succeed(At((10 * fault) + 5));
            }
        }

        Assert.Equal(DeviceHealthState.Failed, machine.State);
    }

    [Fact]
    public void Tick_WindowWithoutAFault_ClearsASuspicion()
    {
        var machine = Accelerator();
        machine.Fault(At(0), "a");

        Assert.False(machine.Tick(At(59)));
        Assert.True(machine.Tick(At(60)));

        Assert.Equal(DeviceHealthState.Healthy, machine.State);
    }

    [Fact]
    public void Hang_Accelerator_TakesItOutAtOnce()
    {
        var machine = Accelerator();

        Assert.True(machine.Hang(At(0), "m did not come back"));

        Assert.Equal(DeviceHealthState.Failed, machine.State);
    }

    [Fact]
    public void Hang_Processor_IsFailedWhenNoThreadIsLeftAndRecoversWithTheFirst()
    {
        var machine = Processor(2);

        machine.Hang(At(0), "a");
        Assert.Equal(DeviceHealthState.Suspect, machine.State);
        Assert.Null(machine.Due);
        machine.Hang(At(1), "b");
        Assert.Equal(DeviceHealthState.Failed, machine.State);
        Assert.Null(machine.Due);
        Assert.True(machine.EndHang(At(2)));
        Assert.Equal(DeviceHealthState.Suspect, machine.State);
        Assert.False(machine.Succeed(At(100)));
        machine.EndHang(At(200));
        Assert.True(machine.Tick(At(260)));

        Assert.Equal(DeviceHealthState.Healthy, machine.State);
    }

    [Fact]
    public void EndTest_FailedAgainAndAgain_PausesGrowUpToTheLimit()
    {
        var machine = Accelerator();
        machine.Hang(At(0), "a");
        machine.EndHang(At(0));
        var pauses = new List<double>();
        var now = At(0);
        for (var i = 0; i < 9; i++)
        {
            pauses.Add((machine.Due!.Value - now).TotalSeconds);
            now = machine.Due.Value;
            Assert.False(machine.StartTest(now - TimeSpan.FromTicks(1)));
            Assert.True(machine.StartTest(now));
            Assert.True(machine.EndTest(now, SelfTestOutcome.Failed, "still"));
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 120, 120, 120], pauses);
    }

    [Fact]
    public void Fault_SoonAfterItCameBack_TakesItOutForLonger()
    {
        var machine = Accelerator();
        machine.Fault(At(0), "a");
        machine.Fault(At(0), "a");
        machine.Fault(At(0), "a");
        machine.StartTest(At(2));
        machine.EndTest(At(2), SelfTestOutcome.Passed, "passed");
        Assert.Equal(DeviceHealthState.Healthy, machine.State);

        Assert.True(machine.Fault(At(61), "b"));

        Assert.Equal(DeviceHealthState.Failed, machine.State);
        Assert.Equal(At(65), machine.Due);
    }

    [Fact]
    public void Fault_LongAfterItCameBack_CountsFromNothing()
    {
        var machine = Accelerator();
        machine.Hang(At(0), "a");
        machine.EndHang(At(0));
        machine.StartTest(At(2));
        machine.EndTest(At(2), SelfTestOutcome.Passed, "passed");

        Assert.True(machine.Fault(At(62), "b"));

        Assert.Equal(DeviceHealthState.Suspect, machine.State);
    }

    [Fact]
    public void StartTest_AsManyHangAsMay_WaitsForOneToEnd()
    {
        var machine = Accelerator();
        machine.Hang(At(0), "a");
        Assert.NotNull(machine.Due);
        machine.Hang(At(0), "b");
        machine.Hang(At(0), "c");

        Assert.Null(machine.Due);
        Assert.False(machine.StartTest(At(1_000)));
        machine.EndHang(At(1_000));

        Assert.Equal(At(1_002), machine.Due);
    }

    [Fact]
    public void StartTest_LastTestDidNotComeBack_WaitsForIt()
    {
        var machine = Accelerator();
        machine.Hang(At(0), "a");
        machine.EndHang(At(0));
        machine.StartTest(At(2));
        machine.EndTest(At(12), SelfTestOutcome.NoAnswer, "no answer");

        Assert.Equal(DeviceHealthState.Failed, machine.State);
        Assert.False(machine.StartTest(At(1_000)));
        machine.EndStuckTest(At(1_000));
        Assert.True(machine.StartTest(At(1_002)));
    }

    [Fact]
    public void Step_AnySequence_KeepsTheRulesAndComesBackAfterHealing()
        => Gen.Select(Gen.Bool, Gen.Enum<Event>().Array[0, 60], Gen.Int[0, 40_000].Array[60]).Sample(
            (isProcessor, events, waits) =>
            {
                var machine = isProcessor ? Processor(3) : Accelerator();
                var now = TimeSpan.Zero;
                var isStuck = false;
                var hanging = 0;
                for (var i = 0; i < events.Length; i++)
                {
                    var before = machine.State;
                    var changed = false;
                    switch (events[i])
                    {
                        case Event.Succeed: changed = machine.Succeed(now); break;
                        case Event.Fault: changed = machine.Fault(now, "f"); break;
                        case Event.Hang:
                            changed = machine.Hang(now, "h");
                            hanging++;
                            break;
                        case Event.EndHang:
                            changed = machine.EndHang(now);
                            hanging = Math.Max(0, hanging - 1);
                            break;
                        case Event.Wait: now += TimeSpan.FromMilliseconds(waits[i]); break;
                        case Event.Tick: changed = machine.Tick(now) || machine.StartTest(now); break;
                        case Event.Pass: changed = machine.EndTest(now, SelfTestOutcome.Passed, "p"); break;
                        case Event.Fail: changed = machine.EndTest(now, SelfTestOutcome.Failed, "f"); break;
                        case Event.NoAnswer:
                            changed = machine.EndTest(now, SelfTestOutcome.NoAnswer, "n");
                            isStuck |= changed;
                            break;
                        case Event.EndStuckTest when isStuck:
                            machine.EndStuckTest(now);
                            isStuck = false;
                            break;
                    }

                    Check(machine, isProcessor, before, changed, now, hanging, isStuck);
                }

                // Healing: everything that hung comes back, tests pass, and the clock goes on.
                for (; hanging > 0; hanging--)
                {
                    machine.EndHang(now);
                }

                if (isStuck) machine.EndStuckTest(now);
                for (var i = 0; i < 4 && machine.State != DeviceHealthState.Healthy; i++)
                {
                    if (machine.State == DeviceHealthState.Probing)
                    {
                        machine.EndTest(now, SelfTestOutcome.Passed, "p");
                        continue;
                    }

                    Assert.NotNull(machine.Due);
                    now = machine.Due.Value > now ? machine.Due.Value : now;
                    _ = machine.Tick(now) || machine.StartTest(now);
                }

                Assert.Equal(DeviceHealthState.Healthy, machine.State);
            },
            iter: 20_000);

    private static void Check(
        DeviceStateMachine machine, bool isProcessor, DeviceHealthState before, bool changed, TimeSpan now, int hanging, bool isStuck)
    {
        Assert.Equal(changed, machine.State != before);
        Assert.Equal(hanging, machine.Hanging);
        if (isProcessor)
        {
            Assert.Equal(hanging >= 3, machine.State == DeviceHealthState.Failed);
            Assert.NotEqual(DeviceHealthState.Probing, machine.State);
        }
        else if (machine.State == DeviceHealthState.Failed)
        {
            // Either a test is on its way, within the longest pause, or something that never came back forbids it.
            if (hanging < 3 && !isStuck) Assert.True(machine.Due - now <= Limits.ProbePauseLimit);
            else Assert.Null(machine.Due);
        }

        if (machine.State is DeviceHealthState.Healthy or DeviceHealthState.Probing) Assert.Null(machine.Due);
        if (before == DeviceHealthState.Failed && changed && !isProcessor) Assert.Equal(DeviceHealthState.Probing, machine.State);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static DeviceStateMachine Accelerator() => new(Limits, isProcessor: false, concurrency: 1);

    private static DeviceStateMachine Processor(int concurrency) => new(Limits, isProcessor: true, concurrency);
}
