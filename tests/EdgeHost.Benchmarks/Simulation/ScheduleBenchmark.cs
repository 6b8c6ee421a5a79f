using System.Diagnostics;
using System.Globalization;
using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Simulation;

/// <summary>
/// The trace simulator: a fleet's arrivals against the real policies in virtual time, each discipline on the same requests. What a change of a policy does
/// shows here before a device has to find out.
/// </summary>
internal sealed class ScheduleBenchmark : IBenchmark
{
    private const int Devices = 1_000;
    private const double Overload = 1.5;
    private const double Usual = 0.7;

    private static readonly double[] Loads = [0.3, 0.5, Usual, 0.9, 1.0, 1.2, Overload, 2.0];

    private static readonly SimulatedDiscipline[] Disciplines =
        [SimulatedDiscipline.FirstInFirstOut, SimulatedDiscipline.FirstInFirstOutWithExpiry, SimulatedDiscipline.ShortestExpected, SimulatedDiscipline.Ours];

    public string Name => "schedule";

    public Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
        => Task.FromResult(run.Trace is { } trace ? Replay(trace, cancellationToken) : Compare(run, cancellationToken));

    private static IReadOnlyList<Figure> Compare(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var generator = new TraceGenerator(Workload.Mixed, run.Number + 1);
        var duration = TimeSpan.FromSeconds(60);
        var devices = run.Times(Devices, 10);
        var requests = 0L;
        var inside = new Dictionary<(string Discipline, double Load), SimulationTally>();
        PrintHeader();
        foreach (var load in Loads)
        {
            // The overload and the usual load make the figures and get the whole fleet; the others show the shape.
            var fleet = load is Overload or Usual ? devices : Math.Max(10, devices / 10);
            foreach (var discipline in Disciplines)
            {
                var tally = FleetSimulator.Run(discipline, generator, fleet, load, duration, cancellationToken);
                Print($"{load:F1}", discipline, tally);
                inside[(discipline.Name, load)] = tally;
                requests += tally.Requests;
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        Console.WriteLine($"{requests / 1e6:F1} million requests of up to {devices} devices in {elapsed.TotalSeconds:F1} s: {requests / elapsed.TotalSeconds / 1e6:F2} million a second");
        return
        [
            new Figure("requests inside their deadline at 1.5 x, ours over first in, first out", Over(SimulatedDiscipline.FirstInFirstOut), Must: Bound.AtLeast(3)),
            new Figure("the same, over one that drops what has expired", Over(SimulatedDiscipline.FirstInFirstOutWithExpiry)),
            new Figure("the same, over shortest expected", Over(SimulatedDiscipline.ShortestExpected)),
            new Figure("requests inside at 1.5 x, ours", 100 * inside[("ours", Overload)].InsideShare, "%"),
            new Figure("requests inside at 70 % load, ours", 100 * inside[("ours", Usual)].InsideShare, "%", Bound.AtLeast(99)),
            new Figure("the same, first in, first out", 100 * inside[(SimulatedDiscipline.FirstInFirstOut.Name, Usual)].InsideShare, "%"),
        ];

        double Over(SimulatedDiscipline other) => inside[("ours", Overload)].InsideShare / inside[(other.Name, Overload)].InsideShare;
    }

    private static List<Figure> Replay(string path, CancellationToken cancellationToken)
    {
        IReadOnlyList<TraceStep> trace;
        using (var reader = File.OpenText(path)) trace = TraceFile.Read(reader);
        Console.WriteLine($"{trace.Count} requests of {path}");
        PrintHeader();
        var figures = new List<Figure>();
        foreach (var discipline in Disciplines)
        {
            var tally = FleetSimulator.Run(discipline, trace, cancellationToken);
            Print("-", discipline, tally);
            figures.Add(new Figure($"requests of the trace inside their deadline, {discipline.Name}", 100 * tally.InsideShare, "%"));
        }

        return figures;
    }

    private static void PrintHeader()
        => Console.WriteLine("                              --- inside their deadline, % ---     others, % of requests         latency p50 and p99, ms                                     Jain   device time, %\n"
            + "load  discipline                 all  inter normal backgr     late refused expired stopped   interactive     normal          background                         busy wasted");

    private static void Print(string load, SimulatedDiscipline discipline, SimulationTally tally)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{load,4}  {discipline.Name,-21} {100 * tally.InsideShare,9:F1} {Inside(CallPriority.Interactive)} {Inside(CallPriority.Normal)} {Inside(CallPriority.Background)}   {Share(tally.Late)} {Share(tally.Refused)} {Share(tally.Expired)} {Share(tally.Preempted)}   {Latency(CallPriority.Interactive)}   {Latency(CallPriority.Normal)}   {Latency(CallPriority.Background)}   {tally.Jain,6:F2}   {100 * (tally.Busy / tally.Span),6:F0} {100 * tally.WastedShare,6:F1}"));

        string Inside(CallPriority priority) => string.Create(CultureInfo.InvariantCulture, $"{100 * tally.InsideShareOf(priority),6:F1}");

        string Share(long requests) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * requests / tally.Requests,6:F1}");

        string Latency(CallPriority priority)
            => string.Create(CultureInfo.InvariantCulture, $"{tally.Latency[(int)priority].Percentile(0.5),6:F0} {tally.Latency[(int)priority].Percentile(0.99),6:F0}");
    }
}
