using System.Globalization;

namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>Prints a case when it is done, so that a long run that is stopped has shown something.</summary>
internal static class SeriesTable
{
    public static void Write(TextWriter writer, string title, IReadOnlyList<Series> all)
    {
        var limit = all[0];
        writer.WriteLine();
        writer.WriteLine($"| {title} | p50 / raw, quietest round | typical | p50 µs | p99 µs | p99.9 µs | calls/s | / raw | B a call, client | server | CPU µs a call | / raw |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var series in all)
        {
            var (client, server) = series.BytesACall;
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {series.Contender} | {RoundRatio.OfMedian(series.Slices, limit.Slices):0.00} | {RoundRatio.Typical(series.Slices, limit.Slices):0.00} "
                + $"| {1000 * series.Pooled.Median:0.0} | {1000 * series.Pooled.Percentile(0.99):0.0} | {1000 * series.Pooled.Percentile(0.999):0.0} "
                + $"| {series.CallsASecond:0} | {RoundRatio.OfRate(series.Slices, limit.Slices):0.000} "
                + $"| {client:0} | {server:0} | {series.CpuACall:0.0} | {series.CpuACall / limit.CpuACall:0.00} |"));
        }
    }
}
