using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.BloodPressure;
using EdgeHost.Plugins.Health.Charts.Layers;
using Library = EdgeHost.Plugins.Health.Signals.BloodPressure;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>A category of blood pressure as a region of one of its values. What the limits are is asked of the classifier, value by value, so that a chart and a judgement never differ.</summary>
/// <param name="Category">The category.</param>
/// <param name="Low">Its lower end in mmHg.</param>
/// <param name="High">Its upper end.</param>
internal sealed record PressureRegion(Library.BloodPressureCategory Category, double Low, double High)
{
    // The plausible values of the classifier, in mmHg.
    private const int LeastSystolic = 50;
    private const int MostSystolic = 260;
    private const int LeastDiastolic = 30;
    private const int MostDiastolic = 160;
    private const int LeastBetween = 10;

    /// <summary>The categories of systolic values, from the lowest.</summary>
    public static IReadOnlyList<PressureRegion> OfSystolic(BloodPressureScheme scheme)
        => Scan(LeastSystolic, MostSystolic, value => Library.BloodPressureClassifier.Classify(value, LeastDiastolic, PressureJudge.ToLibrary(scheme)).Category);

    /// <summary>The categories of diastolic values, from the lowest. Ten mmHg above a diastolic value no systolic one is of a higher category.</summary>
    public static IReadOnlyList<PressureRegion> OfDiastolic(BloodPressureScheme scheme)
        => Scan(LeastDiastolic, MostDiastolic, value => Library.BloodPressureClassifier.Classify(Math.Max(LeastSystolic, value + LeastBetween), value, PressureJudge.ToLibrary(scheme)).Category);

    /// <summary>The region to draw.</summary>
    public RegionLayer ToLayer(ChartInput input) => new()
    {
        Low = double.IsInfinity(Low) ? Low : input.Shown(Low),
        High = double.IsInfinity(High) ? High : input.Shown(High),
        Color = ColorOf(Category),
        Label = input.Text("chart.category." + NameOf(Category)),
    };

    private static List<PressureRegion> Scan(int least, int most, Func<int, Library.BloodPressureCategory> classify)
    {
        var regions = new List<PressureRegion>();
        var start = double.NegativeInfinity;
        for (var value = least + 1; value <= most; value++)
        {
            if (classify(value) == classify(value - 1)) continue;
            regions.Add(new PressureRegion(classify(value - 1), start, value));
            start = value;
        }

        regions.Add(new PressureRegion(classify(most), start, double.PositiveInfinity));
        return regions;
    }

    private static string NameOf(Library.BloodPressureCategory category) => category switch
    {
        Library.BloodPressureCategory.NonElevated => "non_elevated",
        Library.BloodPressureCategory.HighNormal => "high_normal",
        _ => category.ToString().ToLowerInvariant(),
    };

    private static ChartColor ColorOf(Library.BloodPressureCategory category) => category switch
    {
        Library.BloodPressureCategory.Elevated or Library.BloodPressureCategory.HighNormal => ChartColor.Caution,
        Library.BloodPressureCategory.Stage1 or Library.BloodPressureCategory.Grade1 => ChartColor.Warning,
        Library.BloodPressureCategory.Stage2 or Library.BloodPressureCategory.Grade2 or Library.BloodPressureCategory.Grade3 or Library.BloodPressureCategory.Hypertension => ChartColor.Danger,
        _ => ChartColor.Good,
    };
}
