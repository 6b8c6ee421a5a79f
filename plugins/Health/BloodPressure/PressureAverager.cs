using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>
/// The average of readings as guidelines define it: at least two readings on at least two occasions (ACC/AHA 2017, section 4.2). Of three and more of one occasion
/// the first one is left out, as ESC/ESH 2018 (section 4.2) does.
/// </summary>
internal static class PressureAverager
{
    /// <summary>Averages readings.</summary>
    /// <param name="readings">Plausible ones, at least one.</param>
    /// <param name="occasion">How long without a reading makes another occasion. Readings without a time are one.</param>
    public static BloodPressureAverage Average(IEnumerable<Pressure> readings, TimeSpan occasion)
    {
        var occasions = new List<List<Pressure>>();
        foreach (var reading in readings.OrderBy(static reading => reading.Time ?? long.MinValue))
        {
            var isNew = occasions.Count == 0 || (reading.Time is { } time && (occasions[^1][^1].Time is not { } last || time - last > occasion.TotalMilliseconds));
            if (isNew) occasions.Add([]);
            occasions[^1].Add(reading);
        }

        List<Pressure> counted = [.. occasions.SelectMany(static one => one.Count >= 3 ? one.Skip(1) : one)];
        var (systolic, diastolic) = (counted.Average(static reading => reading.Systolic), counted.Average(static reading => reading.Diastolic));
        return new BloodPressureAverage
        {
            Systolic = systolic,
            Diastolic = diastolic,
            MeanArterial = diastolic + ((systolic - diastolic) / 3),
            PulsePressure = systolic - diastolic,
            Readings = counted.Count,
            Occasions = occasions.Count,
            IsValid = counted.Count >= 2 && occasions.Count >= 2,
        };
    }
}
