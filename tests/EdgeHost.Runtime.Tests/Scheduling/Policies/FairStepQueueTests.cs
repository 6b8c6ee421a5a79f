using CsCheck;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

public sealed class FairStepQueueTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _sequence;

    [Fact]
    public void Dequeue_ThreeClasses_GivesTheHighestFirst()
    {
        var queue = Create();
        var background = Add(queue, CallPriority.Background);
        var normal = Add(queue, CallPriority.Normal);
        var interactive = Add(queue, CallPriority.Interactive);

        Assert.Equal([interactive, normal, background], Drain(queue, Start));
    }

    [Fact]
    public void Dequeue_OneClass_GivesTheEarliestDeadlineThenTheFirstIn()
    {
        var queue = Create();
        var without = Add(queue, CallPriority.Normal);
        var late = Add(queue, CallPriority.Normal, Start.AddSeconds(9));
        var early = Add(queue, CallPriority.Normal, Start.AddSeconds(3));
        var second = Add(queue, CallPriority.Normal);

        Assert.Equal([early, late, without, second], Drain(queue, Start));
    }

    [Fact]
    public void Dequeue_AgedBackgroundUnderInteractiveLoad_GetsEveryFourthTurn()
    {
        var queue = Create();
        var background = Enumerable.Range(0, 3).Select(_ => Add(queue, CallPriority.Background)).ToArray();
        var now = Start.AddSeconds(3);
        var turns = new List<bool>();
        for (var i = 0; i < 12; i++)
        {
            Add(queue, CallPriority.Interactive, enqueued: now);
            turns.Add(background.Contains(Next(queue, now)));
        }

        Assert.Equal(3, turns.Count(isBackground => isBackground));
        Assert.Equal([3, 7, 11], turns.Select((isBackground, turn) => (isBackground, turn)).Where(pair => pair.isBackground).Select(pair => pair.turn));
    }

    [Fact]
    public void Dequeue_NoDeadlineBehindAStreamOfDeadlines_IsServedInTheEnd()
    {
        var queue = Create();
        var patient = Add(queue, CallPriority.Interactive);
        var now = Start.AddSeconds(3);
        for (var i = 0; i < 4; i++)
        {
            Add(queue, CallPriority.Interactive, now.AddSeconds(1), now);
        }

        Assert.Contains(patient, Enumerable.Range(0, 4).Select(_ => Next(queue, now)));
    }

    [Fact]
    public void Dequeue_UndefinedPriority_RanksAsTheNearestClass()
    {
        var queue = Create();
        var low = Add(queue, (CallPriority)(-7));
        var high = Add(queue, (CallPriority)99);

        Assert.Equal([high, low], Drain(queue, Start));
    }

    [Fact]
    public void AnySequence_NeitherLosesNorRepeatsASteps()
        => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 20]).List[0, 200].Sample(operations =>
        {
            var queue = Create();
            var waiting = new List<StepTicket>();
            var now = Start;
            foreach (var (operation, priority, number) in operations)
            {
                now = now.AddMilliseconds(number * 50);
                if (operation <= 1)
                {
                    waiting.Add(Add(queue, (CallPriority)priority, number > 10 ? now.AddSeconds(number) : null, now));
                }
                else if (operation == 2 && waiting.Count > 0)
                {
                    var removed = waiting[number % waiting.Count];
                    waiting.Remove(removed);
                    Assert.True(queue.Remove(removed));
                    Assert.False(queue.Remove(removed));
                }
                else
                {
                    var next = Next(queue, now);
                    Assert.Equal(waiting.Count > 0, next is not null);
                    if (next is not null) Assert.True(waiting.Remove(next));
                }

                Assert.Equal(waiting.Count, queue.Count);
                Assert.Equal(waiting.Count, Enum.GetValues<CallPriority>().Sum(queue.CountOf));
            }

            Assert.Equal(waiting.Count, Drain(queue, now).Count);
        });

    private static FairStepQueue Create() => new(new StepSchedulerOptions());

    private static List<StepTicket> Drain(FairStepQueue queue, DateTimeOffset now)
    {
        var steps = new List<StepTicket>();
        while (Next(queue, now) is { } step)
        {
            steps.Add(step);
        }

        return steps;
    }

    /// <summary>Dequeues, and ends the step at once without device time.</summary>
    private static StepTicket? Next(FairStepQueue queue, DateTimeOffset now)
    {
        var step = queue.Dequeue(now, new StartLimits());
        if (step is not null) queue.Charge(step, TimeSpan.Zero);
        return step;
    }

    private StepTicket Add(FairStepQueue queue, CallPriority priority, DateTimeOffset? deadline = null, DateTimeOffset? enqueued = null)
    {
        var step = new StepTicket
        {
            Priority = priority,
            App = "app",
            Model = "m@1",
            Enqueued = enqueued ?? Start,
            Sequence = _sequence++,
            Deadline = deadline,
        };
        queue.Enqueue(step);
        return step;
    }
}
