using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Transport.Contenders;
using EdgeHost.Benchmarks.Transport.Measuring;

namespace EdgeHost.Benchmarks.Transport.Cases;

/// <summary>Makes a case's series into rows of the table.</summary>
internal static class TransportFigures
{
    /// <summary>The rows of a case with one call in flight.</summary>
    /// <param name="measured">The case.</param>
    /// <param name="all">Its series, the limit first.</param>
    public static IEnumerable<Figure> OneInFlight(TransportCase measured, IReadOnlyList<Series> all)
    {
        var limit = all[0];
        foreach (var series in all.Skip(1))
        {
            var payload = measured.Exchange.IsLargeAnswer ? 0 : measured.Exchange.Payload.Length;
            var title = $"{measured.Name}, {series.Contender}";
            var latency = Bounds(series.Contender, payload);
            yield return new Figure($"{title}: p50 over raw", RoundRatio.OfMedian(series.Slices, limit.Slices), string.Empty, latency.Must, latency.Aim);
            if (series.Contender != OursContender.Family) continue;

            var allocation = TransportBounds.Allocation(payload);
            var (client, server) = series.BytesACall;
            yield return new Figure($"{title}: managed bytes a call, client and server", client + server, "B", allocation.Must, allocation.Aim);
            var cpu = measured.Exchange.IsLargeAnswer ? default : TransportBounds.Cpu;
            yield return new Figure($"{title}: processor time a call over raw", series.CpuACall / limit.CpuACall, string.Empty, cpu.Must, cpu.Aim);
        }
    }

    /// <summary>The rows of a case with one call in flight that no limit holds for.</summary>
    public static IEnumerable<Figure> Spread(TransportCase measured, IReadOnlyList<Series> all)
        => all.Skip(1).Select(series => new Figure($"{measured.Name}, any core, {series.Contender}: p50 over raw", RoundRatio.OfMedian(series.Slices, all[0].Slices), string.Empty));

    /// <summary>The rows of a case with many calls in flight.</summary>
    public static IEnumerable<Figure> ManyInFlight(TransportCase measured, IReadOnlyList<Series> all)
    {
        foreach (var series in all.Skip(1))
        {
            var bounds = series.Contender.StartsWith(OursContender.Family, StringComparison.Ordinal)
                ? TransportBounds.Throughput(measured.Exchange.Payload.Length, measured.InFlight)
                : default;
            yield return new Figure(
                $"{measured.Name}, {series.Contender}: calls a second over raw pipelining",
                RoundRatio.OfRate(series.Slices, all[0].Slices),
                string.Empty,
                bounds.Must,
                bounds.Aim);
        }
    }

    private static (Bound? Must, Bound? Aim) Bounds(string contender, int payload) => contender switch
    {
        OursContender.Family => TransportBounds.Socket(payload),
        OursContender.Region => TransportBounds.Region(payload),
        OursContender.InPlace => TransportBounds.InPlace(payload),
        _ => default,
    };
}
