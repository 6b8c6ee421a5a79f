using System.Globalization;
using EdgeHost;
using EdgeHost.Capabilities.Health;
using EdgeHost.Client;

namespace HealthJournal;

/// <summary>What a day was like: a line with a small curve for each kind of reading, what the host found, and charts as PNG.</summary>
internal sealed class DayView(EdgeHostClient client, Settings settings, TimeProvider time, TextWriter output)
{
    private const int CurveWidth = 32;

    // Weight and sleep are looked at over weeks, the rest over the day.
    private static readonly (HealthChartKind Kind, SummaryPeriod Period)[] Charts =
    [
        (HealthChartKind.HeartRate, SummaryPeriod.Day), (HealthChartKind.Glucose, SummaryPeriod.Day), (HealthChartKind.GlucosePattern, SummaryPeriod.Month), (HealthChartKind.Steps, SummaryPeriod.Day),
        (HealthChartKind.BloodPressure, SummaryPeriod.Month), (HealthChartKind.Variability, SummaryPeriod.Month), (HealthChartKind.Weight, SummaryPeriod.Month), (HealthChartKind.Sleep, SummaryPeriod.Week),
    ];

    public async Task RunAsync(DateOnly? date, CancellationToken cancellationToken)
    {
        var until = date is { } day ? MidnightAfter(day) : time.GetLocalNow();
        var offset = (int)until.Offset.TotalMinutes;
        Directory.CreateDirectory(settings.Charts);
        foreach (var (kind, period) in Charts)
        {
            if (await ChartAsync(kind, period, until.ToUnixTimeMilliseconds(), offset, cancellationToken) is not { } chart) continue;
            var path = Path.Combine(settings.Charts, $"{kind.ToString().ToLowerInvariant()}.png");
            await File.WriteAllBytesAsync(path, chart.Png, cancellationToken);
            await output.WriteLineAsync($"{Curve.Draw([.. chart.Points.Select(static point => point.Value)]),-CurveWidth}  {chart.Text}");
        }

        var summary = await client.Health.SummarizeAsync(
            new SummarizeHealthRequest { Person = settings.Person, Period = SummaryPeriod.Day, Until = until.ToUnixTimeMilliseconds(), UtcOffsetMinutes = offset, Language = settings.Language }, cancellationToken: cancellationToken);
        if (summary.Types.Count == 0) await output.WriteLineAsync($"Nothing is kept of the day before {until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}.");
        foreach (var finding in summary.Findings) await output.WriteLineAsync(FindingText.Of(finding));
        await output.WriteLineAsync($"Charts: {Path.GetFullPath(settings.Charts)}");
    }

    private async Task<ChartHealthResponse?> ChartAsync(HealthChartKind kind, SummaryPeriod period, long until, int offset, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Health.ChartAsync(
                new ChartHealthRequest { Person = settings.Person, Kind = kind, Period = period, Until = until, UtcOffsetMinutes = offset, Language = settings.Language, Scale = 2, Points = CurveWidth },
                cancellationToken: cancellationToken);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }

    private DateTimeOffset MidnightAfter(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, time.LocalTimeZone.GetUtcOffset(midnight));
    }
}
