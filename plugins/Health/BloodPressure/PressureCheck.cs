using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>Tells readings that can be from those that cannot; the latter are named, never silently kept or dropped. Thread-safe.</summary>
internal sealed class PressureCheck(HealthTexts texts, TimeProvider time)
{
    /// <summary>mmHg of one kPa.</summary>
    public const double MillimetresPerKilopascal = 7.500_616_83;

    private const double LeastSystolic = 50;
    private const double MostSystolic = 260;
    private const double LeastDiastolic = 30;
    private const double MostDiastolic = 160;
    private const double LeastPulsePressure = 10;
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    /// <summary>Looks at readings.</summary>
    /// <param name="readings">The readings.</param>
    /// <param name="language">The language of what is said of those that cannot be.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a unit is not one of pressure.</exception>
    public (List<Pressure> Plausible, List<FlaggedReading> Flagged) Check(IReadOnlyList<BloodPressureReading> readings, string language)
    {
        var (plausible, flagged) = (new List<Pressure>(), new List<FlaggedReading>());
        var latest = (time.GetUtcNow() + ClockTolerance).ToUnixTimeMilliseconds();
        for (var i = 0; i < readings.Count; i++)
        {
            var reading = readings[i];
            var isKilopascal = IsKilopascal(reading.Unit, i);
            var factor = isKilopascal ? MillimetresPerKilopascal : 1;
            var pressure = new Pressure(reading.Systolic * factor, reading.Diastolic * factor, reading.Time);
            if (Problem(reading, pressure, isKilopascal, latest, language) is var (reason, text)) flagged.Add(new FlaggedReading { Index = i, Reason = reason, Text = text });
            else plausible.Add(pressure);
        }

        return (plausible, flagged);
    }

    private (string Reason, string Text)? Problem(BloodPressureReading reading, Pressure pressure, bool isKilopascal, long latest, string language)
    {
        var value = $"{reading.Systolic:0.#}/{reading.Diastolic:0.#}";
        if (!IsPossible(pressure.Systolic, pressure.Diastolic))
        {
            var other = isKilopascal ? 1 : MillimetresPerKilopascal;
            return IsPossible(reading.Systolic * other, reading.Diastolic * other)
                ? ("swapped_unit", texts.Get(language, "flag.swapped_unit", ("value", value), ("unit", reading.Unit), ("other", isKilopascal ? "mm[Hg]" : "kPa")))
                : ("impossible", texts.Get(language, "flag.impossible", ("value", value), ("unit", reading.Unit)));
        }

        if (pressure.Systolic - pressure.Diastolic < LeastPulsePressure)
            return ("pulse_pressure", texts.Get(language, "flag.pulse_pressure", ("systolic", Math.Round(pressure.Systolic)), ("diastolic", Math.Round(pressure.Diastolic))));
        return reading.Time > latest ? ("future", texts.Get(language, "flag.future")) : null;
    }

    private static bool IsPossible(double systolic, double diastolic)
        => systolic is >= LeastSystolic and <= MostSystolic && diastolic is >= LeastDiastolic and <= MostDiastolic;

    private static bool IsKilopascal(string unit, int index) => unit switch
    {
        "mm[Hg]" or "mmHg" => false,
        "kPa" => true,
        _ => throw new EdgeHostException(ErrorCode.InvalidArgument, $"readings[{index}].unit is '{unit}', which is no unit of blood pressure; it takes mm[Hg], mmHg or kPa."),
    };
}
