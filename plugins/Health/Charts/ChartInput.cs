using System.Globalization;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Units;
using EdgeHost.Plugins.Health.Summaries;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>What a chart is made of: a person's readings, a stretch of time, a unit and a language. Immutable.</summary>
/// <param name="Samples">Readings of the types that the kind takes, by time; also those before the stretch, for what is usual. Flagged ones are not among them.</param>
/// <param name="Kind">What the chart is of.</param>
/// <param name="Period">How long the stretch is.</param>
/// <param name="From">Its start, in milliseconds since 1970 (UTC).</param>
/// <param name="Until">Its end.</param>
/// <param name="OffsetMinutes">The person's time zone, in minutes east of UTC.</param>
/// <param name="Sources">Which sources count; see <see cref="SourceChoice"/>.</param>
/// <param name="Unit">The unit in which values are shown, one of the quantity's.</param>
/// <param name="Width">Width of the picture in points.</param>
/// <param name="Language">The language of its texts.</param>
/// <param name="Texts">The texts.</param>
internal sealed record ChartInput(
    ILookup<string, Sample> Samples,
    HealthChartKind Kind,
    SummaryPeriod Period,
    long From,
    long Until,
    int OffsetMinutes,
    IReadOnlyList<string>? Sources,
    string Unit,
    int Width,
    string Language,
    HealthTexts Texts)
{
    // About what a label of a time takes.
    private const int TickWidth = 85;

    private static readonly string[] WholeUnits = ["/min", "ms", "mg/dL", "mm[Hg]", "1", "g"];

    /// <summary>Milliseconds of a day.</summary>
    public const double Day = 86_400_000;

    /// <summary>Milliseconds of an hour.</summary>
    public const double Hour = 3_600_000;

    /// <summary>The person's offset from UTC.</summary>
    public TimeSpan Offset => TimeSpan.FromMinutes(OffsetMinutes);

    /// <summary>The unit as people write it.</summary>
    public string UnitName => Texts.Find(Language, "chart.unit." + Unit) ?? Unit;

    // Whether devices give no decimals of the unit that mean anything.
    private bool IsWhole => WholeUnits.Contains(Unit);

    /// <summary>A text.</summary>
    public string Text(string key, params ReadOnlySpan<(string Name, object Value)> values) => Texts.Get(Language, key, values);

    /// <summary>A kept value in the unit of the chart.</summary>
    public double Shown(double kept) => UnitTable.FromKept(ChartKinds.QuantityOf(Kind), kept, Unit);

    /// <summary>A shown value as text.</summary>
    public string Number(double shown) => shown.ToString(IsWhole ? "#,0" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>From where to where shown values go, as text.</summary>
    public string Range(IEnumerable<double> shown)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in shown) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return Number(low) == Number(high) ? Number(low) : $"{Number(low)}–{Number(high)}";
    }

    /// <summary>The readings of a type within the stretch, of the sources that count, by time.</summary>
    public IReadOnlyList<Sample> Counted(string type)
        => [.. DailySamples.Of(Samples[type], OffsetMinutes, Sources).SelectMany(static day => day.Samples).Where(sample => sample.Time >= From && sample.Time < Until).OrderBy(static sample => sample.Time)];

    /// <summary>The readings of a type within the stretch as points.</summary>
    public IReadOnlyList<ChartPoint> Points(string type) => [.. Counted(type).Select(sample => new ChartPoint(sample.Time, Shown(sample.Value)))];

    /// <summary>The daily values of a type, also before the stretch.</summary>
    public IReadOnlyList<DailySamples> Days(string type) => DailySamples.Of(Samples[type], OffsetMinutes, Sources);

    /// <summary>When a day of the person's clock begins, in milliseconds since 1970 (UTC).</summary>
    public double StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUnixTimeMilliseconds();

    /// <summary>A time of the stretch as people write it: of a single day with hours and minutes.</summary>
    public string Written(long time)
        => DateTimeOffset.FromUnixTimeMilliseconds(time).ToOffset(Offset).ToString(Text(Period == SummaryPeriod.Day ? "chart.time_format" : "chart.day_format"), CultureInfo.InvariantCulture);

    /// <summary>The line below the title.</summary>
    public string Subtitle(int readings, string key = "chart.subtitle") => Text(key, ("from", Written(From)), ("until", Written(Until)), ("count", readings));

    /// <summary>The axis of the stretch.</summary>
    public ChartAxis TimeAxis(long? from = null, long? until = null)
        => Axes.TimeAxis.Of(from ?? From, until ?? Until, Offset, Text("chart.date_format"), Math.Max(2, Width / TickWidth));
}
