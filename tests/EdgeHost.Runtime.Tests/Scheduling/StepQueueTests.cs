using CsCheck;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Tests.Scheduling;

public sealed class StepQueueTests
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
            turns.Add(background.Contains(queue.Dequeue(now)));
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

        Assert.Contains(patient, Enumerable.Range(0, 4).Select(_ => queue.Dequeue(now)));
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
        => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 20]).List[0, 200].Sample(operations =>
        {
            var queue = Create();
            var waiting = new List<QueuedStep>();
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
                    var next = queue.Dequeue(now);
                    Assert.Equal(waiting.Count > 0, next is not null);
                    if (next is not null) Assert.True(waiting.Remove(next));
                }

                Assert.Equal(waiting.Count, queue.Count);
                Assert.Equal(
                    waiting.Count,
                    queue.CountOf(CallPriority.Background) + queue.CountOf(CallPriority.Normal) + queue.CountOf(CallPriority.Interactive));
            }

            Assert.Equal(waiting.Count, Drain(queue, now).Count);
        });

    private static StepQueue Create() => new(TimeSpan.FromSeconds(2), agedTurn: 4);

    private static List<QueuedStep> Drain(StepQueue queue, DateTimeOffset now)
    {
        var steps = new List<QueuedStep>();
        while (queue.Dequeue(now) is { } step)
        {
            steps.Add(step);
        }

        return steps;
    }

    private QueuedStep Add(StepQueue queue, CallPriority priority, DateTimeOffset? deadline = null, DateTimeOffset? enqueued = null)
    {
        var request = new StepRequest
        {
            Device = new DeviceDescription { Id = "cpu", Kind = DeviceKind.Cpu, Name = "cpu", Provider = "none" },
            Session = null!,
            Step = new ModelStep { Inputs = [] },
            Model = "m@1",
            App = AppIdentity.Host,
            Priority = priority,
            Deadline = deadline,
        };
        var step = new QueuedStep(null!, request, _sequence++, enqueued ?? Start, 0);
        queue.Enqueue(step);
        return step;
    }
}
