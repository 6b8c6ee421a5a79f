using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Contenders;
using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.Benchmarks.Transport.Memory;
using EdgeHost.Benchmarks.Transport.Streams;

namespace EdgeHost.Benchmarks.Transport;

/// <summary>What a call to another process costs: ours beside a bare socket, which is the limit, and beside what else people use.</summary>
internal sealed class TransportBenchmark : IBenchmark
{
    private const double SliceSeconds = 0.25;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public string Name => "transport";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var selection = new TransportSelection(run.Only);
        var figures = new List<Figure>();
        await using (var list = await ContenderList.StartAsync(selection.HasContender, cancellationToken))
        {
            var runner = new RoundRunner(run.Seconds(SliceSeconds));
            var first = TransportCase.OneInFlight().First();
            foreach (var contender in list.Contenders.Where(contender => contender.Fits(first))) await runner.WarmUpAsync(first, contender, WarmUp);
            if (selection.HasPart(TransportPart.One))
            {
                using var core = OneCore.Enter();
                await MeasureAsync(TransportCase.OneInFlight(), TransportFigures.OneInFlight);
            }

            if (selection.HasPart(TransportPart.Spread)) await MeasureAsync(TransportCase.Spread(), TransportFigures.Spread);
            if (selection.HasPart(TransportPart.Many)) await MeasureAsync(TransportCase.ManyInFlight(), TransportFigures.ManyInFlight);
            if (list.Host is { } host)
            {
                if (selection.HasPart(TransportPart.Behind)) figures.AddRange(await new BehindLargeFrame(host, list.Raw).RunAsync(run, cancellationToken));
                if (selection.HasPart(TransportPart.Audio)) figures.AddRange(await new AudioChunks(host, list.Raw).RunAsync(run, cancellationToken));
            }

            async Task MeasureAsync(IEnumerable<TransportCase> cases, Func<TransportCase, IReadOnlyList<Series>, IEnumerable<Figure>> toFigures)
            {
                foreach (var measured in cases)
                {
                    var series = await runner.RunAsync(measured, [.. list.Contenders.Where(contender => contender.Fits(measured))], cancellationToken);
                    SeriesTable.Write(Console.Out, measured.Name, series);
                    figures.AddRange(toFigures(measured, series));
                }
            }
        }

        // A host of its own, so that nothing it kept for others hides what a connection takes.
        if (selection.HasContender(OursContender.Family) && selection.HasPart(TransportPart.Idle)) figures.Add(await IdleConnections.RunAsync(cancellationToken));
        return figures;
    }
}
