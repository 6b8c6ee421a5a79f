using EdgeHost.Plugins.Health.Samples;
using Library = EdgeHost.Plugins.Health.Signals.BloodPressure;

namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>Puts systolic and diastolic samples of the same time and source together.</summary>
internal static class PressurePairs
{
    /// <summary>The readings in order of time; one half without the other is none.</summary>
    /// <param name="systolic">Systolic samples.</param>
    /// <param name="diastolic">Diastolic samples.</param>
    /// <param name="otherwiseOffset">The person's time zone where a sample does not say it, in minutes east of UTC.</param>
    public static IReadOnlyList<Library.BloodPressureReading> Of(IEnumerable<Sample> systolic, IEnumerable<Sample> diastolic, int otherwiseOffset)
    {
        var halves = diastolic.ToDictionary(static sample => (sample.Time, sample.Source));
        return
        [
            .. systolic.Where(sample => halves.ContainsKey((sample.Time, sample.Source)))
                .Select(sample => new Library.BloodPressureReading(
                    DateTimeOffset.FromUnixTimeMilliseconds(sample.Time).ToOffset(TimeSpan.FromMinutes(Math.Clamp(sample.OffsetMinutes ?? otherwiseOffset, -840, 840))), sample.Value, halves[(sample.Time, sample.Source)].Value))
                .OrderBy(static reading => reading.Time),
        ];
    }
}
