using CsCheck;
using EdgeHost.Benchmarks.Simulation;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Benchmarks.Tests.Simulation;

public class DeviceSimulatorTests
{
    private static readonly SimulatedDiscipline[] Disciplines =
    [
        SimulatedDiscipline.Ours, SimulatedDiscipline.FirstInFirstOut, SimulatedDiscipline.FirstInFirstOutWithExpiry, SimulatedDiscipline.ShortestExpected,
    ];

    private static readonly Gen<List<TraceStep>> AnyTrace =
        from steps in
            (from at in Gen.Int[0, 2_000]
             from name in Gen.Int[0, 3]
             from priority in Gen.Enum<CallPriority>()
             from deadline in Gen.Int[-5, 500].Nullable()
             from run in Gen.Int[0, 60]
             from joins in Gen.Bool
             select new TraceStep(
                 Ms(at), 0, $"app-{name}", $"model-{name}", priority, deadline is { } known ? Ms(known) : null, Ms(run), name == 0 && joins ? 0.5 : null)).List[0, 200]
        select steps.OrderBy(static step => step.At).ToList();

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.9)]
    public void Run_PoissonArrivalsAndExponentialRuns_WaitsAsTheFormulaSays(double load)
    {
        const double MeanRun = 10;
        const int Requests = 400_000;
        var random = new Random(17);
        var steps = new List<TraceStep>(Requests);
        for (var at = 0d; steps.Count < Requests; at += TraceGenerator.Exponential(random) * MeanRun / load)
        {
            steps.Add(new TraceStep(Ms(at), 0, "app", "model", CallPriority.Normal, null, Ms(TraceGenerator.Exponential(random) * MeanRun), null));
        }

        var tally = new DeviceSimulator(Unlimited()).Run(steps);

        // M/M/1: the mean wait in the queue is load / (1 - load) runs, the share of busy time is the load.
        var expected = MeanRun * load / (1 - load);
        Assert.InRange(tally.Wait.MeanMilliseconds, 0.93 * expected, 1.07 * expected);
        Assert.InRange(tally.Busy / tally.Span, load - 0.01, load + 0.01);
        Assert.Equal(Requests, tally.Inside);
    }

    [Fact]
    public void Run_TwoSlots_WaitsAsErlangSays()
    {
        const double MeanRun = 10;
        const double Load = 0.8;
        var random = new Random(23);
        var steps = new List<TraceStep>();
        for (var at = 0d; steps.Count < 400_000; at += TraceGenerator.Exponential(random) * MeanRun / (2 * Load))
        {
            steps.Add(new TraceStep(Ms(at), 0, "app", "model", CallPriority.Normal, null, Ms(TraceGenerator.Exponential(random) * MeanRun), null));
        }

        var tally = new DeviceSimulator(Unlimited(), slots: 2).Run(steps);

        // M/M/2: the mean wait is load² / (1 - load²) runs.
        var expected = MeanRun * Load * Load / (1 - (Load * Load));
        Assert.InRange(tally.Wait.MeanMilliseconds, 0.93 * expected, 1.07 * expected);
    }

    [Fact]
    public void Run_AnyTrace_AccountsForEveryRequestOnce()
        => AnyTrace.Sample(steps =>
        {
            foreach (var discipline in Disciplines)
            {
                foreach (var slots in (int[])[1, 3])
                {
                    var tally = new DeviceSimulator(discipline, slots).Run(steps);

                    Assert.Equal(steps.Count, tally.Requests);
                    Assert.Equal(tally.Requests, tally.Inside + tally.Late + tally.Refused + tally.Expired);
                    Assert.Equal(tally.Inside + tally.Late, tally.Latency.Sum(latency => latency.Count));

                    // The time of a joined run is shared out in whole ticks: each part may be rounded up.
                    Assert.True(tally.Busy <= (tally.Span * slots) + TimeSpan.FromTicks(steps.Count), $"{discipline.Name}: busy {tally.Busy} of {tally.Span} on {slots} slots");
                    Assert.True(tally.Wasted <= tally.Busy);
                }
            }
        });

    [Fact]
    public void Run_WithoutDeadlinesAndJoins_DoesExactlyTheWorkThatCame()
        => AnyTrace.Sample(steps =>
        {
            var plain = steps.ConvertAll(static step => step with { Deadline = null, FixedShare = null });

            var tally = new DeviceSimulator(SimulatedDiscipline.FirstInFirstOut).Run(plain);

            Assert.Equal(plain.Count, tally.Inside);
            Assert.Equal(plain.Aggregate(TimeSpan.Zero, static (sum, step) => sum + step.Run), tally.Busy);
            Assert.Equal(TimeSpan.Zero, tally.Wasted);
        });

    [Fact]
    public void Run_Twice_GivesTheSame()
    {
        var generator = new TraceGenerator(Workload.Mixed, seed: 5);

        var first = FleetSimulator.Run(SimulatedDiscipline.Ours, generator, devices: 8, load: 1.5, TimeSpan.FromSeconds(10), CancellationToken.None);
        var second = FleetSimulator.Run(SimulatedDiscipline.Ours, generator, devices: 8, load: 1.5, TimeSpan.FromSeconds(10), CancellationToken.None);

        Assert.Equal((first.Requests, first.Inside, first.Refused, first.Expired, first.Preempted, first.Busy), (second.Requests, second.Inside, second.Refused, second.Expired, second.Preempted, second.Busy));
    }

    [Fact]
    public void Run_InteractiveStepDuringLongBackgroundRun_StopsItAndRunsItAgain()
    {
        TraceStep[] steps =
        [
            new(Ms(0), 0, "later", "long", CallPriority.Background, null, Ms(300), null),
            new(Ms(1_000), 0, "later", "long", CallPriority.Background, null, Ms(300), null),
            new(Ms(1_050), 0, "now", "short", CallPriority.Interactive, null, Ms(10), null),
        ];

        var tally = new DeviceSimulator(SimulatedDiscipline.Ours).Run(steps);

        Assert.Equal(1, tally.Preempted);
        Assert.Equal(3, tally.Inside);
        Assert.InRange(tally.Latency[(int)CallPriority.Interactive].MeanMilliseconds, 10, 30);
        Assert.InRange(tally.Wasted, Ms(50), Ms(70));
    }

    private static SimulatedDiscipline Unlimited()
    {
        var options = SimulatedDiscipline.Plain(QueueDiscipline.FirstInFirstOut);
        options.QueueLimit = 65_536;
        return new SimulatedDiscipline("unlimited", options, KnowsDeadlines: false);
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
