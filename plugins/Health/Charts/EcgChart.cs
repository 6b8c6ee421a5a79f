using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>A strip of an ECG on squared paper, its beats marked by kind.</summary>
internal static class EcgChart
{
    // What is beyond is no signal of a heart, and would make the rest of it a flat line.
    private const double MostMillivolts = 10;
    private const double LeastLength = 2;

    // Room for arrows and letters above the highest beat.
    private const double RoomAbove = 0.3;

    private static readonly PaperGrid Paper = new(0.04, 0.1);

    private static readonly (BeatKind Kind, string Name, ChartColor Color, string? Letter)[] Kinds =
    [
        (BeatKind.Normal, "normal", ChartColor.Tertiary, null),
        (BeatKind.Ventricular, "ventricular", ChartColor.Danger, "V"),
        (BeatKind.Supraventricular, "supraventricular", ChartColor.Secondary, "S"),
        (BeatKind.Unknown, "unknown", ChartColor.Neutral, "?"),
    ];

    /// <summary>Makes it.</summary>
    /// <param name="signal">The whole signal in millivolts.</param>
    /// <param name="analysis">What was found in it.</param>
    /// <param name="first">The strip's first sample.</param>
    /// <param name="count">Its samples, at least two.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="language">Their language.</param>
    public static Chart Make(ReadOnlySpan<float> signal, EcgAnalysis analysis, int first, int count, HealthTexts texts, string language)
    {
        var rate = analysis.SampleRateHz;
        var strip = signal.Slice(first, count);
        var points = new List<ChartPoint>(count);
        for (var i = 0; i < count; i++) points.Add(new ChartPoint((first + i) / rate, Math.Abs(strip[i]) <= MostMillivolts ? strip[i] : double.NaN));
        var beats = analysis.Beats.Where(beat => beat.Sample >= first && beat.Sample < first + count).ToList();
        var layers = new List<ChartLayer>();
        List<(double From, double To)> poor = [.. analysis.Quality.Where(segment => segment.Level > SignalQuality.Fair && segment.End > first && segment.Start < first + count).Select(segment => (segment.Start / rate, segment.End / rate))];
        if (poor.Count > 0) layers.Add(new StretchLayer { Stretches = poor, Color = ChartColor.Neutral, Name = texts.Get(language, "chart.signal_poor") });
        layers.Add(new LineLayer { Points = points, Color = ChartColor.Primary, Width = 1.4 });
        foreach (var (kind, name, color, letter) in Kinds)
        {
            List<ChartPoint> marks = [.. beats.Where(beat => beat.Kind == kind).Select(beat => new ChartPoint(beat.Sample / rate, HighestAround(points, (int)beat.Sample - first, rate)))];
            if (marks.Count > 0) layers.Add(new MarkLayer { Points = marks, Color = color, Letter = letter, Name = texts.Get(language, "chart.beat." + name) });
        }

        var values = points.Select(static point => point.Y).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (start, end) = (first / rate, (first + count) / rate);
        return new Chart
        {
            Title = texts.Get(language, "chart.title.ecg"),
            Subtitle = Subtitle(analysis, beats.Count, start, end, texts, language),
            X = new ChartAxis(start, end, [.. SecondsOf(start, end).Select(static second => new ChartTick(second, $"{second}"))], texts.Get(language, "chart.ecg.axis")),
            Panels = [new ChartPanel { Y = ValueAxis.Of([.. values, values.Max() + RoomAbove], "mV", LeastLength), Layers = layers, Paper = Paper }],
        };
    }

    /// <summary>What is below the title.</summary>
    public static string Subtitle(EcgAnalysis analysis, int beats, double start, double end, HealthTexts texts, string language)
        => analysis.HeartRate is { } rate
            ? texts.Get(language, "chart.ecg.subtitle", ("start", Math.Round(start, 1)), ("end", Math.Round(end, 1)), ("beats", beats), ("rate", Math.Round(rate)))
            : texts.Get(language, "chart.ecg.subtitle_unknown", ("start", Math.Round(start, 1)), ("end", Math.Round(end, 1)), ("beats", beats));

    // A beat may be placed at a deflection downwards; its mark stands above the highest point of 40 ms on both sides.
    private static double HighestAround(List<ChartPoint> points, int at, double rate)
    {
        var reach = (int)(0.04 * rate);
        var highest = double.NaN;
        for (var i = Math.Max(0, at - reach); i <= Math.Min(points.Count - 1, at + reach); i++)
        {
            if (double.IsFinite(points[i].Y) && !(points[i].Y <= highest)) highest = points[i].Y;
        }

        return highest;
    }

    private static IEnumerable<int> SecondsOf(double start, double end)
    {
        for (var second = (int)Math.Ceiling(start); second <= end; second++) yield return second;
    }
}
