using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.BloodPressure;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Samples;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>Summarises the blood pressure of a period. Thread-safe.</summary>
internal sealed class PressureSummaryMaker(FindingWriter writer, HealthOptions options)
{
    /// <summary>Makes a summary; null without readings.</summary>
    /// <param name="good">Plausible samples by type.</param>
    /// <param name="from">The start of the period, in milliseconds since 1970 (UTC).</param>
    /// <param name="utcOffsetMinutes">The person's time zone where a sample does not say it.</param>
    /// <param name="findings">Takes what it means.</param>
    /// <param name="language">The language of findings.</param>
    public PressureSummary? Make(ILookup<string, Sample> good, long from, int utcOffsetMinutes, List<HealthFinding> findings, string language)
    {
        var readings = PressurePairs.Of(good[SampleTypes.Systolic.Name], good[SampleTypes.Diastolic.Name], utcOffsetMinutes).Where(reading => reading.Time.ToUnixTimeMilliseconds() >= from).ToList();
        if (PressureJudge.Average(readings) is not { } average) return null;
        var category = PressureJudge.Classify(average.Systolic, average.Diastolic, options.BloodPressureScheme, BloodPressureSetting.Office);
        findings.AddRange(PressureFindings.Of(readings, average, category, options.BloodPressureScheme, writer, language));
        var pattern = PressureJudge.DayAndNight(readings);
        if (PressureFindings.OfNight(pattern, writer, language) is { } finding) findings.Add(finding);
        return new PressureSummary(average, category, pattern, PressureJudge.Home(readings));
    }
}
