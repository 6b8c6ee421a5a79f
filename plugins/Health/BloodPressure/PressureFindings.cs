using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using Library = EdgeHost.Plugins.Health.Signals.BloodPressure;

namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>What blood pressure means, by rules.</summary>
internal static class PressureFindings
{
    // ACC/AHA 2017 speaks of more than 180 or 120; from there on is the cautious reading of it.
    private const double SevereSystolic = 180;
    private const double SevereDiastolic = 120;

    private const string AmbulatoryCitation = "ESH position paper on ambulatory monitoring 2013 (J Hypertens 31:1731)";
    private const double LowSystolic = 90;
    private const double LowDiastolic = 60;

    /// <summary>The guideline of a scheme, as findings cite it.</summary>
    public static string CitationOf(BloodPressureScheme scheme) => scheme switch
    {
        BloodPressureScheme.AccAha2017 => "ACC/AHA 2017 (Hypertension 71:e13)",
        BloodPressureScheme.Esc2024 => "ESC 2024 (Eur Heart J 45:3912)",
        _ => "ESC/ESH 2018 (Eur Heart J 39:3021)",
    };

    /// <summary>The names of the rules and how urgent they are, for tests of their texts.</summary>
    public static IReadOnlyDictionary<string, FindingSeverity> Rules { get; } = new Dictionary<string, FindingSeverity>
    {
        ["blood_pressure.severe"] = FindingSeverity.Urgent,
        ["blood_pressure.high"] = FindingSeverity.Warn,
        ["blood_pressure.raised"] = FindingSeverity.Info,
        ["blood_pressure.normal"] = FindingSeverity.Info,
        ["blood_pressure.low"] = FindingSeverity.Info,
        ["blood_pressure.more_readings"] = FindingSeverity.Info,
        ["blood_pressure.extreme_dipper"] = FindingSeverity.Info,
        ["blood_pressure.non_dipper"] = FindingSeverity.Info,
        ["blood_pressure.rising_at_night"] = FindingSeverity.Warn,
    };

    /// <summary>The findings, the most urgent first.</summary>
    public static IReadOnlyList<HealthFinding> Of(
        IReadOnlyList<Library.BloodPressureReading> readings, BloodPressureAverage average, BloodPressureCategory category, BloodPressureScheme scheme, FindingWriter writer, string language)
    {
        var citation = CitationOf(scheme);
        HealthRule Rule(string name) => new(name, Rules[name], citation);
        var findings = new List<HealthFinding>();
        if (readings.Where(static reading => reading.Systolic >= SevereSystolic || reading.Diastolic >= SevereDiastolic).ToList() is { Count: > 0 } severe)
        {
            var worst = severe.MaxBy(static reading => reading.Systolic);
            findings.Add(writer.Write(
                new HealthRule("blood_pressure.severe", FindingSeverity.Urgent, CitationOf(BloodPressureScheme.AccAha2017)), language,
                [.. severe.SelectMany(static reading => ReadingsOf(reading.Systolic, reading.Diastolic, TimeOf(reading)))],
                ("systolic", Math.Round(worst.Systolic)), ("diastolic", Math.Round(worst.Diastolic))));
        }

        var isLow = average.Systolic < LowSystolic || average.Diastolic < LowDiastolic;
        findings.Add(writer.Write(
            Rule(NameOf(category, isLow)), language, ReadingsOf(average.Systolic, average.Diastolic, null),
            ("systolic", Math.Round(average.Systolic)), ("diastolic", Math.Round(average.Diastolic))));
        if (!average.IsValid)
            findings.Add(writer.Write(Rule("blood_pressure.more_readings"), language, [], ("readings", average.Readings), ("occasions", average.Occasions)));
        return FindingWriter.Sort(findings);
    }

    /// <summary>What an unusual pattern of day and night means; null where it is usual or cannot be told.</summary>
    public static HealthFinding? OfNight(BloodPressureDayNight pattern, FindingWriter writer, string language)
    {
        var name = pattern.Dipping switch
        {
            BloodPressureDipping.Extreme => "blood_pressure.extreme_dipper",
            BloodPressureDipping.NonDipper => "blood_pressure.non_dipper",
            BloodPressureDipping.Rising => "blood_pressure.rising_at_night",
            _ => null,
        };
        if (name is null || pattern is not { Day: { } day, Night: { } night, Dip: { } dip }) return null;
        return writer.Write(
            new HealthRule(name, Rules[name], AmbulatoryCitation), language,
            [.. ReadingsOf(day.Systolic, day.Diastolic, null), .. ReadingsOf(night.Systolic, night.Diastolic, null)], ("share", Math.Round(100 * Math.Abs(dip), 1)));
    }

    private static string NameOf(BloodPressureCategory category, bool isLow) => category switch
    {
        BloodPressureCategory.Stage1 or BloodPressureCategory.Stage2 or BloodPressureCategory.Grade1 or BloodPressureCategory.Grade2 or BloodPressureCategory.Grade3
            or BloodPressureCategory.Hypertension => "blood_pressure.high",
        _ when isLow => "blood_pressure.low",
        BloodPressureCategory.Elevated or BloodPressureCategory.HighNormal => "blood_pressure.raised",
        _ => "blood_pressure.normal",
    };

    private static long? TimeOf(Library.BloodPressureReading reading) => reading.Time.ToUnixTimeMilliseconds() is not 0 and var time ? time : null;

    private static HealthReading[] ReadingsOf(double systolic, double diastolic, long? time) =>
    [
        new HealthReading { Type = "systolic", Value = systolic, Unit = "mm[Hg]", Time = time },
        new HealthReading { Type = "diastolic", Value = diastolic, Unit = "mm[Hg]", Time = time },
    ];
}
