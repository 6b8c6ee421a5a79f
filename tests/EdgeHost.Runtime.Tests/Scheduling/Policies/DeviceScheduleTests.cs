using CsCheck;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

/// <summary>Rules that hold for any sequence of events, driven in virtual time.</summary>
public sealed class DeviceScheduleTests
{
    [Theory]
    [InlineData(QueueDiscipline.Fair)]
    [InlineData(QueueDiscipline.FirstInFirstOut)]
    [InlineData(QueueDiscipline.ShortestExpected)]
    public void AnyTrace_EveryStepEndsExactlyOnceAndNothingIsLeft(QueueDiscipline discipline)
        => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[1, 60], Gen.Int[0, 9]).List[1, 120].Sample(
            (arrivals) =>
            {
                var schedule = new DeviceSchedule(new StepSchedulerOptions { Discipline = discipline }, 2, isInterruptible: true);
                var world = new World(schedule);
                var tickets = new Tickets();
                var at = 0;
                foreach (var (gap, priority, run, shape) in arrivals)
                {
                    at += gap;
                    var ticket = tickets.Make(
                        (CallPriority)priority,
                        $"app{shape % 3}",
                        shape == 9 ? null : run,
                        shape is 1 or 2 ? at + (run * shape * 2) : null,
                        at,
                        shape is 3 or 4 ? "batch" : null,
                        maxEntries: 4);
                    world.Arrive(ticket, at, Math.Max(1, run), cancelAfter: shape == 5 ? run / 2 : null);
                }

                world.RunToTheEnd();

                Assert.Equal(arrivals.Count, world.Ended.Count);
                Assert.Equal(world.Ended.Count, world.Ended.Distinct().Count());
                Assert.Equal(0, schedule.Waiting);
                Assert.Empty(schedule.Running);
                Assert.Equal(TimeSpan.Zero, schedule.Queue.WorkFrom(CallPriority.Training));
                Assert.Null(schedule.Queue.Oldest);
            },
            iter: 300);

    [Fact]
    public void AnyFeasibleSetOfOneApp_EarliestDeadlineFirst_MeetsEveryDeadline()
        => Gen.Select(Gen.Int[1, 30], Gen.Int[0, 20]).List[1, 30].Sample(
            (jobs) =>
            {
                // Feasible by construction: run in order, each deadline at or after its end. Then they come all at once in another order.
                var schedule = new DeviceSchedule(new StepSchedulerOptions { AdmissionMargin = 0 }, 1, isInterruptible: true);
                var world = new World(schedule);
                var tickets = new Tickets();
                var end = 0;
                var made = new List<(int Run, int Deadline)>();
                foreach (var (run, spare) in jobs)
                {
                    end += run;
                    made.Add((run, end + spare));
                }

                // Deadlines alone decide here: with estimates the order is least slack, which is not optimal without preemption.
                foreach (var (run, deadline) in made.OrderBy(job => job.Run))
                {
                    world.Arrive(tickets.Make(deadline: deadline + 1), 0, run);
                }

                world.RunToTheEnd();

                Assert.Equal(jobs.Count, world.Completed);
                Assert.Empty(world.Missed);
            });

    [Fact]
    public void AnyTrace_HigherClassWaits_NoLowerOneStartsBeforeItHasAged()
        => Gen.Select(Gen.Int[0, 30], Gen.Int[0, 3], Gen.Int[1, 60]).List[1, 80].Sample(arrivals =>
        {
            var schedule = new DeviceSchedule(new StepSchedulerOptions { AgeingLimit = TimeSpan.FromHours(1) }, 1, isInterruptible: true);
            var world = new World(schedule);
            var tickets = new Tickets();
            var at = 0;
            foreach (var (gap, priority, run) in arrivals)
            {
                at += gap;
                world.Arrive(tickets.Make((CallPriority)priority, $"app{run % 3}", run, at: at), at, run);
            }

            world.OnStart = run =>
            {
                for (var above = run.Priority + 1; above <= CallPriority.Interactive; above++)
                {
                    Assert.Equal(0, schedule.Queue.CountOf(above));
                }
            };
            world.RunToTheEnd();

            Assert.Equal(arrivals.Count, world.Completed);
        });

    [Fact]
    public void SaturatingBackground_InteractiveNeverWaitsLongerThanTheBound()
    {
        var schedule = new DeviceSchedule(new StepSchedulerOptions(), 1, isInterruptible: true);
        var world = new World(schedule);
        var tickets = new Tickets();
        for (var i = 0; i < 200; i++)
        {
            world.Arrive(tickets.Make(CallPriority.Background, "indexer", 80), 0, 80);
        }

        var interactive = new List<StepTicket>();
        for (var i = 0; i < 100; i++)
        {
            interactive.Add(tickets.Make(CallPriority.Interactive, "person", 10, at: 37 + (i * 100)));
            world.Arrive(interactive[^1], 37 + (i * 100), 10);
        }

        world.RunToTheEnd();

        // Three interruptions are the most a background step bears; the fourth run goes to its end.
        var waits = interactive.Select(ticket => world.Started[ticket] - ticket.Enqueued).Order().ToArray();
        Assert.True(waits[70] <= TimeSpan.FromMilliseconds(5), $"The median wait is {waits[50]}.");
        Assert.All(waits, wait => Assert.True(wait <= TimeSpan.FromMilliseconds(80)));
        Assert.Equal(300, world.Completed);
    }
}
