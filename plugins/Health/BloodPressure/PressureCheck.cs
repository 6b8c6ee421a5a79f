using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Units;
using EdgeHost.Plugins.Health.Texts;
using Library = EdgeHost.Plugins.Health.Signals.BloodPressure;

namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>Tells readings that can be from those that cannot; the latter are named, never silently kept or dropped. Thread-safe.</summary>
internal sealed class PressureCheck(HealthTexts texts, TimeProvider time)
{
    private const double LeastPulsePressure = 10;
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    /// <summary>Looks at readings.</summary>
    /// <param name="readings">The readings.</param>
    /// <param name="language">The language of what is said of those that cannot be.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a unit is not one of pressure.</exception>
    public (List<Library.BloodPressureReading> Plausible, List<FlaggedReading> Flagged) Check(IReadOnlyList<BloodPressureReading> readings, string language)
    {
        var (plausible, flagged) = (new List<Library.BloodPressureReading>(), new List<FlaggedReading>());
        var latest = (time.GetUtcNow() + ClockTolerance).ToUnixTimeMilliseconds();
        for (var i = 0; i < readings.Count; i++)
        {
            var reading = readings[i];
            if (!UnitTable.IsUnitOf(HealthQuantity.Pressure, reading.Unit))
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"readings[{i}].unit is '{reading.Unit}', which is no unit of blood pressure; it takes {string.Join(", ", UnitTable.UnitsOf(HealthQuantity.Pressure))}.");
            var pressure = In(reading, reading.Unit);
            if (Problem(reading, pressure, latest, language) is var (reason, text)) flagged.Add(new FlaggedReading { Index = i, Reason = reason, Text = text });
            else plausible.Add(pressure);
        }

        return ([.. plausible.OrderBy(static reading => reading.Time)], flagged);
    }

    private (string Reason, string Text)? Problem(BloodPressureReading reading, Library.BloodPressureReading pressure, long latest, string language)
    {
        if (pressure.IsPlausible) return reading.Time > latest ? ("future", texts.Get(language, "flag.future")) : null;
        var value = FormattableString.Invariant($"{reading.Systolic:0.#}/{reading.Diastolic:0.#}");
        var other = UnitTable.UnitsOf(HealthQuantity.Pressure).FirstOrDefault(unit => In(reading, unit).IsPlausible);
        if (other is not null) return ("swapped_unit", texts.Get(language, "flag.swapped_unit", ("value", value), ("unit", reading.Unit), ("other", other)));
        return (pressure with { Diastolic = pressure.Systolic - LeastPulsePressure }).IsPlausible && (pressure with { Systolic = pressure.Diastolic + LeastPulsePressure }).IsPlausible
            ? ("pulse_pressure", texts.Get(language, "flag.pulse_pressure", ("systolic", Math.Round(pressure.Systolic)), ("diastolic", Math.Round(pressure.Diastolic))))
            : ("impossible", texts.Get(language, "flag.impossible", ("value", value), ("unit", reading.Unit)));
    }

    // Readings without a time are one occasion.
    private static Library.BloodPressureReading In(BloodPressureReading reading, string unit) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(reading.Time ?? 0),
        UnitTable.ToKept(HealthQuantity.Pressure, reading.Systolic, unit),
        UnitTable.ToKept(HealthQuantity.Pressure, reading.Diastolic, unit));
}
