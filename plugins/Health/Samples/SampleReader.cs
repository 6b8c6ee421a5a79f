using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Units;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health.Samples;

/// <summary>Makes samples of what apps send, converts their units and flags what cannot be. Thread-safe.</summary>
internal sealed class SampleReader(HealthTexts texts, TimeProvider time)
{
    /// <summary>1 January 1900, in milliseconds since 1970: nothing that a living person's sensors measured is older.</summary>
    public const long Earliest = -2_208_988_800_000;

    // As the message has it; files are not bound by that.
    private const int MostSourceCharacters = 128;
    private const int MostUnitCharacters = 64;

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    /// <summary>The latest time that is not the future, in milliseconds since 1970: clocks of devices may be an hour ahead.</summary>
    public long Latest => (time.GetUtcNow() + ClockTolerance).ToUnixTimeMilliseconds();

    /// <summary>Reads samples. A flagged one is kept apart, never counted and never lost.</summary>
    /// <param name="given">What was sent.</param>
    /// <param name="language">The language of what is said of flagged ones.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a type or unit is not known, a unit or source is too long, or a value is too large to be converted; nothing of the call is kept then.</exception>
    public (List<Sample> Samples, List<FlaggedReading> Flagged) Read(IReadOnlyList<HealthSample> given, string language)
    {
        var (samples, flagged) = (new List<Sample>(given.Count), new List<FlaggedReading>());
        var latest = Latest;
        for (var i = 0; i < given.Count; i++)
        {
            var sample = ReadOne(given[i], i, latest);
            if (sample.Flag is { } flag) flagged.Add(new FlaggedReading { Index = i, Reason = flag, Text = Explain(sample, flag, language) });
            samples.Add(sample);
        }

        return (samples, flagged);
    }

    private static Sample ReadOne(HealthSample given, int index, long latest)
    {
        if (!SampleTypes.All.TryGetValue(given.Type, out var type))
            throw Invalid(index, "type", $"is '{given.Type}', which is not known; known are {string.Join(", ", SampleTypes.All.Keys)}");
        if (!UnitTable.IsUnitOf(type.Quantity, given.Unit))
            throw Invalid(index, "unit", $"is '{given.Unit}', which is no unit of {type.Name}; it takes {string.Join(", ", UnitTable.UnitsOf(type.Quantity))}");
        if (given.Source?.Length > MostSourceCharacters) throw Invalid(index, "source", $"has {given.Source.Length} characters; at most {MostSourceCharacters} are taken");

        // A unit may have annotations of any length.
        if (given.Unit.Length > MostUnitCharacters) throw Invalid(index, "unit", $"has {given.Unit.Length} characters; at most {MostUnitCharacters} are taken");
        var value = UnitTable.ToKept(type.Quantity, given.Value, given.Unit);
        if (!double.IsFinite(value)) throw Invalid(index, "value", $"is {given.Value} {given.Unit}, which is no number that can be kept");
        var flag = given.Time > latest ? "future"
            : given.Time < Earliest ? "past"
            : type.IsPlausible(value) ? null
            : type.OtherUnit(given.Value) is null ? "impossible" : "swapped_unit";
        return new Sample(type, given.Time, given.Source ?? "", value, given.Value, given.Unit, given.UtcOffsetMinutes, flag);
    }

    private string Explain(Sample sample, string flag, string language) => flag switch
    {
        "future" or "past" => texts.Get(language, "flag." + flag),
        "swapped_unit" => texts.Get(language, "flag.swapped_unit", ("value", sample.GivenValue), ("unit", sample.GivenUnit), ("other", sample.Type.OtherUnit(sample.GivenValue)!)),
        _ => texts.Get(language, "flag.impossible", ("value", sample.GivenValue), ("unit", sample.GivenUnit)),
    };

    private static EdgeHostException Invalid(int index, string field, string problem) => new(ErrorCode.InvalidArgument, $"samples[{index}].{field} {problem}.");
}
