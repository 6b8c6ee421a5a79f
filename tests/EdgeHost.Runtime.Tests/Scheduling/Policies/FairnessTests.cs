using CsCheck;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Tests.Scheduling.Policies;

public sealed class FairnessTests
{
    private static readonly TimeSpan Lag = new StepSchedulerOptions().FairnessLag;

    private readonly Tickets _tickets = new();

    [Fact]
    public void Dequeue_WeightsOneTwoFour_SharesTheDeviceSo()
    {
        var options = new StepSchedulerOptions();
        options.AppWeights["b"] = 2;
        options.AppWeights["c"] = 4;

        var used = Serve(options, [("a", 7), ("b", 3), ("c", 11)], turns: 5_000);

        var sum = used.Values.Sum();
        Assert.Equal(1 / 7d, used["a"] / sum, 0.01);
        Assert.Equal(2 / 7d, used["b"] / sum, 0.01);
        Assert.Equal(4 / 7d, used["c"] / sum, 0.01);
    }

    [Fact]
    public void Replace_Weights_HoldForAppsThatAreAtWork()
    {
        var options = new StepSchedulerOptions();
        var queue = new FairStepQueue(options);
        foreach (var app in new[] { "a", "b", "a", "b" }) queue.Enqueue(_tickets.Make(app: app, run: 5));
        Assert.Equal(0.5, ShareOfA(), 0.05);

        options.Weights.Replace(new Dictionary<string, double> { ["a"] = 3 });

        Assert.Equal(0.75, ShareOfA(), 0.05);

        double ShareOfA()
        {
            var turns = 0;
            for (var turn = 0; turn < 1_000; turn++)
            {
                var step = queue.Dequeue(Tickets.Start, default)!;
                queue.Charge(step, TimeSpan.FromMilliseconds(5));
                if (step.App == "a") turns++;
                queue.Enqueue(_tickets.Make(app: step.App, run: 5));
            }

            return turns / 1_000d;
        }
    }

    [Fact]
    public void Dequeue_OneAppHasDeadlinesTheOtherNone_NeitherGetsMoreThanItsShareAndTheLag()
    {
        var queue = new FairStepQueue(new StepSchedulerOptions());
        var used = new Dictionary<string, double> { ["urgent"] = 0, ["patient"] = 0 };
        for (var turn = 0; turn < 400; turn++)
        {
            while (queue.Count < 8)
            {
                queue.Enqueue(_tickets.Make(app: "urgent", run: 5, deadline: 1_000));
                queue.Enqueue(_tickets.Make(app: "patient", run: 5));
            }

            var step = queue.Dequeue(Tickets.Start, default)!;
            queue.Charge(step, TimeSpan.FromMilliseconds(5));
            used[step.App] += 5;
            Assert.InRange(used["urgent"] - used["patient"], -10, Lag.TotalMilliseconds + 10);
        }
    }

    [Fact]
    public void Dequeue_AppThatWasIdle_StartsLevelAndTakesNoCreditForIt()
    {
        var queue = new FairStepQueue(new StepSchedulerOptions());
        for (var i = 0; i < 200; i++)
        {
            queue.Enqueue(_tickets.Make(app: "busy", run: 10));
            queue.Enqueue(_tickets.Make(app: "busy", run: 10));
            queue.Charge(queue.Dequeue(Tickets.Start, default)!, TimeSpan.FromMilliseconds(10));
        }

        var order = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            queue.Enqueue(_tickets.Make(app: "late", run: 10));
            var step = queue.Dequeue(Tickets.Start, default)!;
            queue.Charge(step, TimeSpan.FromMilliseconds(10));
            order.Add(step.App);
        }

        Assert.InRange(order.Count(app => app == "late"), 9, 11);
    }

    [Fact]
    public void Dequeue_DebtOfABusySpell_IsForgottenWithItsEnd()
    {
        var queue = new FairStepQueue(new StepSchedulerOptions());
        queue.Enqueue(_tickets.Make(app: "heavy", run: 10_000));
        queue.Charge(queue.Dequeue(Tickets.Start, default)!, TimeSpan.FromSeconds(10));

        queue.Enqueue(_tickets.Make(app: "other", run: 10));
        queue.Enqueue(_tickets.Make(app: "heavy", run: 10, deadline: 100));

        Assert.Equal("heavy", queue.Dequeue(Tickets.Start, default)!.App);
    }

    [Fact]
    public void Charge_RunThatWasThrownAway_CostsItsAppNothing()
    {
        var queue = new FairStepQueue(new StepSchedulerOptions { FairnessLag = TimeSpan.Zero });
        var stopped = _tickets.Make(app: "a", run: 100);
        queue.Enqueue(stopped);
        queue.Enqueue(_tickets.Make(app: "b", run: 100));
        Assert.Same(stopped, queue.Dequeue(Tickets.Start, default));

        queue.Charge(stopped, TimeSpan.Zero);
        queue.Enqueue(stopped);

        Assert.Same(stopped, queue.Dequeue(Tickets.Start, default));
    }

    [Fact]
    public void Charge_EstimateWasFarTooShort_IsMadeUpFor()
    {
        var queue = new FairStepQueue(new StepSchedulerOptions());
        var served = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            queue.Enqueue(_tickets.Make(app: "liar", run: 1));
            queue.Enqueue(_tickets.Make(app: "honest", run: 10));
            var step = queue.Dequeue(Tickets.Start, default)!;
            queue.Charge(step, TimeSpan.FromMilliseconds(step.App == "liar" ? 100 : 10));
            served.Add(step.App);
        }

        Assert.InRange(served.Count(app => app == "liar"), 4, 8);
    }

    [Fact]
    public void AnyBacklog_OverAnyTime_EachAppsShareIsWithinTheLagOfItsWeight()
        => Gen.Select(Gen.Select(Gen.Int[1, 400], Gen.Int[1, 60]).List[2, 6], Gen.Int[0, 200], Gen.Int[1, 4]).Sample((apps, lag, slots) =>
        {
            var options = new StepSchedulerOptions { FairnessLag = TimeSpan.FromMilliseconds(lag), QueueLimit = 65_536 };
            var queue = new FairStepQueue(options);
            var used = new double[apps.Count];
            for (var i = 0; i < apps.Count; i++)
            {
                options.AppWeights[$"{i}"] = apps[i].Item1 / 100d;
            }

            var running = new Queue<StepTicket>();
            for (var turn = 0; turn < 600; turn++)
            {
                for (var i = 0; i < apps.Count; i++)
                {
                    // Every app always has a backlog; some steps have deadlines, which must not change the shares.
                    while (turn == 0 ? queue.Count < 3 * (i + 1) : queue.Count < 3 * apps.Count)
                    {
                        queue.Enqueue(_tickets.Make(app: $"{i}", run: apps[i].Item2, deadline: turn % 3 == 0 ? turn : null));
                    }
                }

                if (running.Count == slots) End(running.Dequeue());
                var next = queue.Dequeue(Tickets.Start, default)!;
                running.Enqueue(next);
                queue.Enqueue(_tickets.Make(app: next.App, run: apps[int.Parse(next.App)].Item2, deadline: turn % 5 == 0 ? turn : null));
            }

            while (running.TryDequeue(out var rest))
            {
                End(rest);
            }

            // Between two backlogged apps the distance of what they used over their weight is bounded by the lag and one step of each slot on either side.
            for (var i = 0; i < apps.Count; i++)
            {
                for (var j = 0; j < apps.Count; j++)
                {
                    var most = lag + (slots * ((apps[i].Item2 / Weight(i)) + (apps[j].Item2 / Weight(j)))) + 1e-6;
                    Assert.True(used[i] / Weight(i) - used[j] / Weight(j) <= most, $"{used[i] / Weight(i)} and {used[j] / Weight(j)} are further apart than {most}.");
                }
            }

            double Weight(int i) => apps[i].Item1 / 100d;

            void End(StepTicket ticket)
            {
                queue.Charge(ticket, ticket.ExpectedRun!.Value);
                used[int.Parse(ticket.App)] += ticket.ExpectedRun.Value.TotalMilliseconds;
            }
        });

    [Fact]
    public void Enqueue_ThousandsOfApps_KeepsABoundedNumberOfAccounts()
    {
        var fair = new FairClass(0, new WeightTable(new Dictionary<string, double>()));
        for (var i = 0; i < 5_000; i++)
        {
            var ticket = _tickets.Make(app: $"app{i}", run: 1);
            fair.Enqueue(ticket);
            fair.Begin(ticket);
            fair.Remove(ticket);
            fair.Charge(ticket, TimeSpan.Zero);
        }

        Assert.InRange(fair.Accounts, 1, 256);
    }

    private Dictionary<string, double> Serve(StepSchedulerOptions options, (string App, double Run)[] apps, int turns)
    {
        var queue = new FairStepQueue(options);
        var used = apps.ToDictionary(app => app.App, _ => 0d);
        foreach (var (app, run) in apps)
        {
            queue.Enqueue(_tickets.Make(app: app, run: run));
            queue.Enqueue(_tickets.Make(app: app, run: run));
        }

        for (var turn = 0; turn < turns; turn++)
        {
            var step = queue.Dequeue(Tickets.Start, default)!;
            queue.Charge(step, step.ExpectedRun!.Value);
            used[step.App] += step.ExpectedRun.Value.TotalMilliseconds;
            queue.Enqueue(_tickets.Make(app: step.App, run: step.ExpectedRun.Value.TotalMilliseconds));
        }

        return used;
    }
}
