using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Baselines;
using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>Makes summaries of samples. Thread-safe.</summary>
internal sealed class SummaryMaker(FindingWriter writer, HealthTexts texts, PressureSummaryMaker pressures)
{
    private const double UnusualScore = 3;

    /// <summary>The rule of unusual days, for tests of its texts.</summary>
    public static HealthRule ChangeRule { get; } = new("baseline.change", FindingSeverity.Info, "Personal baseline: median and median absolute deviation of the 14 days before (Leys et al. 2013, J Exp Soc Psychol 49:764)");

    /// <summary>Makes a summary.</summary>
    /// <param name="samples">By type and time, from 31 days before its end on; flagged ones do not count.</param>
    /// <param name="from">Its start, in milliseconds since 1970 (UTC).</param>
    /// <param name="until">Its end.</param>
    /// <param name="request">Days and sources.</param>
    /// <param name="withheld">Types that the app may not read.</param>
    /// <param name="language">The language of findings.</param>
    public SummarizeHealthResponse Make(IReadOnlyList<Sample> samples, long from, long until, SummarizeHealthRequest request, IReadOnlyList<string> withheld, string language)
    {
        var good = samples.Where(static sample => sample.Flag is null).ToLookup(static sample => sample.Type.Name, StringComparer.Ordinal);
        var (types, findings) = (new List<HealthTypeSummary>(), new List<HealthFinding>());
        foreach (var group in good)
        {
            if (Summarize([.. group], from, request) is not { } summary) continue;
            types.Add(summary);
            if (summary.Baseline is { } baseline && Math.Abs(summary.Score ?? 0) >= UnusualScore) findings.Add(Unusual(summary, baseline, language));
        }

        var glucose = GlucoseSummary([.. good[SampleTypes.Glucose.Name].Where(sample => sample.Time >= from)], request.UtcOffsetMinutes, findings, language);
        var pressure = pressures.Make(good, from, request.UtcOffsetMinutes, findings, language);
        return new SummarizeHealthResponse
        {
            From = from,
            Until = until,
            Types = types,
            Glucose = glucose,
            BloodPressure = pressure?.Average,
            BloodPressureCategory = pressure?.Category,
            BloodPressureDay = pressure?.DayNight,
            BloodPressureHome = pressure?.Home,
            Findings = FindingWriter.Sort(findings),
            Withheld = withheld,
            Flagged = samples.Count(sample => sample.Flag is not null && sample.Time >= from),
        };
    }

    private static HealthTypeSummary? Summarize(IReadOnlyList<Sample> samples, long from, SummarizeHealthRequest request)
    {
        var days = DailySamples.Of(samples, request.UtcOffsetMinutes, request.Sources);
        var type = samples[0].Type;
        var values = days.Select(static day => day.Value).ToList();
        var counted = days.SelectMany(static day => day.Samples).Where(sample => sample.Time >= from).ToList();
        if (counted.Count == 0) return null;
        var latest = counted.MaxBy(static sample => sample.Time)!;
        var first = DailySamples.DayOf(counted.MinBy(static sample => sample.Time)!, request.UtcOffsetMinutes);
        var baseline = BaselineAnalyzer.Before(values, values[^1].Day);
        var score = baseline?.Score(values[^1].Value);
        return new HealthTypeSummary
        {
            Type = type.Name,
            Unit = type.Unit,
            Count = counted.Count,
            Minimum = counted.Min(static sample => sample.Value),
            Maximum = counted.Max(static sample => sample.Value),
            Mean = type.IsSummed ? values.Where(value => value.Day >= first).Average(static value => value.Value) : counted.Average(static sample => sample.Value),
            Latest = latest.Value,
            LatestTime = latest.Time,
            Baseline = baseline is { } usual ? new HealthBaseline { Median = usual.Median, Deviation = usual.Deviation, Days = usual.Days } : null,
            Score = score is { } known && double.IsFinite(known) ? known : null,
            Trend = BaselineAnalyzer.TrendOf(values) is { } trend ? new HealthTrend { PerWeek = trend.PerWeek, Low = trend.Low, High = trend.High, Days = trend.Days } : null,
        };
    }

    private HealthFinding Unusual(HealthTypeSummary summary, HealthBaseline baseline, string language) => writer.Write(
        ChangeRule, language, [new HealthReading { Type = summary.Type, Value = summary.Latest, Unit = summary.Unit, Time = summary.LatestTime }],
        ("name", texts.Get(language, "type." + summary.Type)), ("value", Math.Round(summary.Latest, 1)), ("unit", summary.Unit), ("median", Math.Round(baseline.Median, 1)));

    private GlucoseFigures? GlucoseSummary(IReadOnlyList<Sample> samples, int utcOffsetMinutes, List<HealthFinding> findings, string language)
    {
        if (samples.Count == 0) return null;
        IReadOnlyList<GlucoseReading> readings = [.. samples.Select(static sample => new GlucoseReading(DateTimeOffset.FromUnixTimeMilliseconds(sample.Time), sample.Value))];
        var summary = GlucoseAnalyzer.Summarize(readings);
        var episodes = Enum.GetValues<GlucoseEpisodeKind>().ToDictionary(static kind => kind, kind => GlucoseEpisodes.Find(readings, kind));
        findings.AddRange(GlucoseFindings.Of(readings, summary, episodes, writer, language));
        return new GlucoseFigures
        {
            Readings = summary.Readings,
            Wear = summary.Wear,
            IsSufficient = summary.IsSufficient,
            Mean = summary.Mean,
            Variation = summary.Variation,
            ManagementIndicator = summary.ManagementIndicator,
            InRange = summary.InRange,
            Low = summary.Low,
            VeryLow = summary.VeryLow,
            High = summary.High,
            VeryHigh = summary.VeryHigh,
            LowEpisodes = episodes[GlucoseEpisodeKind.Low].Count,
            VeryHighEpisodes = episodes[GlucoseEpisodeKind.VeryHigh].Count,
            StandardDeviation = summary.StandardDeviation,
            LowIndex = summary.LowIndex,
            HighIndex = summary.HighIndex,
            Pattern = [.. GlucoseAnalyzer.PatternOfDay(readings, TimeSpan.FromMinutes(Math.Clamp(utcOffsetMinutes, -840, 840))).Select(ToMessage)],
        };
    }

    private static GlucoseHourFigures ToMessage(GlucoseHour hour)
        => new() { Hour = hour.Hour, Readings = hour.Readings, P5 = hour.P5, P25 = hour.P25, Median = hour.Median, P75 = hour.P75, P95 = hour.P95 };
}
