using EdgeHost.Capabilities.Health;
using Library = EdgeHost.Plugins.Health.Signals.BloodPressure;

namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>What the signal library says of blood pressure, as messages.</summary>
internal static class PressureJudge
{
    /// <summary>An average as a message; of the library's, or null where no reading is plausible.</summary>
    /// <param name="readings">In order of time.</param>
    public static BloodPressureAverage? Average(IReadOnlyList<Library.BloodPressureReading> readings)
    {
        return Library.BloodPressureAnalyzer.Average(readings) is { } average ? ToMessage(average) : null;
    }

    /// <summary>Readings by day and by night, as messages.</summary>
    /// <param name="readings">In order of time.</param>
    public static BloodPressureDayNight DayAndNight(IReadOnlyList<Library.BloodPressureReading> readings)
    {
        var day = Library.BloodPressureAnalyzer.DayAndNight(readings);
        return new BloodPressureDayNight
        {
            Day = day.Day is { } light ? ToMessage(light) : null,
            Night = day.Night is { } dark ? ToMessage(dark) : null,
            Dip = day.Dip,
            Dipping = Enum.Parse<BloodPressureDipping>(day.Pattern.ToString()),
        };
    }

    /// <summary>The average of home readings, as a message; null where all are of one day.</summary>
    /// <param name="readings">In order of time.</param>
    public static BloodPressureHome? Home(IReadOnlyList<Library.BloodPressureReading> readings)
        => Library.BloodPressureAnalyzer.HomeAverage(readings) is { } home ? new BloodPressureHome { Average = ToMessage(home.Average), Days = home.Days } : null;

    private static BloodPressureAverage ToMessage(Library.BloodPressureAverage average)
    {
        var mean = new Library.BloodPressureReading(default, average.Systolic, average.Diastolic);
        return new BloodPressureAverage
        {
            Systolic = average.Systolic,
            Diastolic = average.Diastolic,
            MeanArterial = mean.Mean,
            PulsePressure = mean.PulsePressure,
            Readings = average.Readings,
            Occasions = average.Occasions,
            IsValid = average.IsValid,
            SystolicDeviation = average.SystolicDeviation,
            RealVariability = average.RealVariability,
        };
    }

    /// <summary>The category of an average.</summary>
    public static BloodPressureCategory Classify(double systolic, double diastolic, BloodPressureScheme scheme, BloodPressureSetting setting) => setting switch
    {
        BloodPressureSetting.Home => HypertensionIf(Library.BloodPressureClassifier.IsHomeHypertension(systolic, diastolic, ToLibrary(scheme))),
        BloodPressureSetting.Ambulatory24h => HypertensionIf(Is24hHypertension(systolic, diastolic, scheme)),
        _ => Enum.Parse<BloodPressureCategory>(Library.BloodPressureClassifier.Classify(systolic, diastolic, ToLibrary(scheme)).Category.ToString()),
    };

    /// <summary>The library's scheme of the same name.</summary>
    public static Library.BloodPressureScheme ToLibrary(BloodPressureScheme scheme) => Enum.Parse<Library.BloodPressureScheme>(scheme.ToString());

    // 125/75 by ACC/AHA 2017, 130/80 by ESC/ESH 2018 and ESC 2024.
    private static bool Is24hHypertension(double systolic, double diastolic, BloodPressureScheme scheme)
        => scheme == BloodPressureScheme.AccAha2017 ? systolic >= 125 || diastolic >= 75 : systolic >= 130 || diastolic >= 80;

    private static BloodPressureCategory HypertensionIf(bool isHypertension) => isHypertension ? BloodPressureCategory.Hypertension : BloodPressureCategory.BelowHypertension;
}
