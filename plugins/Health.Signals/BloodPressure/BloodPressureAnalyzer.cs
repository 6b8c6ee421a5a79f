namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>Averages readings, by day and by night. Readings are in order of time; what is not plausible is left out. Thread-safe.</summary>
public static class BloodPressureAnalyzer
{
    /// <summary>Day readings that a dip needs (ESH 2013 for ambulatory monitoring).</summary>
    public const int LeastDayReadings = 20;

    /// <summary>Night readings that a dip needs.</summary>
    public const int LeastNightReadings = 7;

    /// <summary>Days that an average of home readings needs, the first included (Stergiou et al. 2021, ESH guideline, J Hypertens 39:1293).</summary>
    public const int LeastHomeDays = 3;

    /// <summary>Readings that it needs, those of the first day not counted.</summary>
    public const int LeastHomeReadings = 12;

    private static readonly TimeSpan Occasion = TimeSpan.FromMinutes(30);

    /// <summary>Averages readings; null where none is plausible. Of an occasion with three or more readings the first is discarded: it is the highest for no other reason than being the first.</summary>
    public static BloodPressureAverage? Average(IReadOnlyList<BloodPressureReading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var occasions = Occasions(readings);
        if (occasions.Count == 0) return null;
        var counted = occasions.SelectMany(occasion => occasion).ToList();
        var systolic = counted.Average(reading => reading.Systolic);
        var perOccasion = occasions.Select(occasion => occasion.Average(reading => reading.Systolic)).ToList();
        return new BloodPressureAverage(
            systolic,
            counted.Average(reading => reading.Diastolic),
            counted.Count,
            occasions.Count,
            counted.Count >= 2 && occasions.Count >= 2,
            counted.Count < 2 ? null : Math.Sqrt(counted.Sum(reading => Math.Pow(reading.Systolic - systolic, 2)) / (counted.Count - 1)),
            perOccasion.Count < 2 ? null : perOccasion.Zip(perOccasion.Skip(1), (a, b) => Math.Abs(b - a)).Average());
    }

    /// <summary>Compares day and night, by the clock of the readings' own offsets.</summary>
    /// <param name="readings">In order of time.</param>
    /// <param name="leastDay">Day readings that a dip needs.</param>
    /// <param name="leastNight">Night readings that a dip needs.</param>
    public static BloodPressureDay DayAndNight(IReadOnlyList<BloodPressureReading> readings, int leastDay = LeastDayReadings, int leastNight = LeastNightReadings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var byDay = readings.Where(reading => reading.IsPlausible).ToLookup(reading => reading.Time.Hour is >= 7 and < 23);
        var (day, night) = (Average([.. byDay[true]]), Average([.. byDay[false]]));
        if (day is null || night is null || day.Readings < leastDay || night.Readings < leastNight) return new BloodPressureDay(day, night, null, DippingPattern.CannotTell);
        var dip = (day.Systolic - night.Systolic) / day.Systolic;
        return new BloodPressureDay(day, night, dip, dip switch
        {
            > 0.2 => DippingPattern.Extreme,
            >= 0.1 => DippingPattern.Dipper,
            >= 0 => DippingPattern.NonDipper,
            _ => DippingPattern.Rising,
        });
    }

    /// <summary>Averages home readings as the ESH guideline of 2021 asks: the first day is left out, as people are not used to it yet. Null where all are of one day.</summary>
    /// <param name="readings">In order of time; days are those of the readings' own offsets.</param>
    public static BloodPressureHomeAverage? HomeAverage(IReadOnlyList<BloodPressureReading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var days = readings.Where(reading => reading.IsPlausible).GroupBy(reading => DateOnly.FromDateTime(reading.Time.DateTime)).OrderBy(day => day.Key).ToList();
        if (days.Count < 2 || Average([.. days.Skip(1).SelectMany(day => day)]) is not { } average) return null;
        return new BloodPressureHomeAverage(average with { IsValid = days.Count >= LeastHomeDays && average.Readings >= LeastHomeReadings }, days.Count);
    }

    private static List<List<BloodPressureReading>> Occasions(IReadOnlyList<BloodPressureReading> readings)
    {
        var occasions = new List<List<BloodPressureReading>>();
        foreach (var reading in readings.Where(reading => reading.IsPlausible))
        {
            if (occasions.Count > 0 && reading.Time - occasions[^1][^1].Time <= Occasion) occasions[^1].Add(reading);
            else occasions.Add([reading]);
        }

        foreach (var occasion in occasions.Where(occasion => occasion.Count >= 3)) occasion.RemoveAt(0);
        return occasions;
    }
}
