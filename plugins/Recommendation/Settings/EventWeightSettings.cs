using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Settings;

/// <summary>
/// How much events count, as settings: <c>event_weights:TYPE</c> is a factor from -100 to 100, and may name how the event's own weight is read, <c>plain</c>, <c>rating</c> or <c>seconds</c>
/// (<c>"2"</c>, <c>"1 seconds"</c>). Types that are not given keep what <see cref="EventWeights.Default"/> says.
/// </summary>
internal static class EventWeightSettings
{
    private const string Key = "event_weights";
    private const double MostFactor = 100;

    private static readonly Dictionary<string, EventScale> Scales = new(StringComparer.Ordinal) { ["plain"] = EventScale.Plain, ["rating"] = EventScale.Rating, ["seconds"] = EventScale.Seconds };

    /// <summary>Reads them.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: one cannot be read.</exception>
    public static EventWeights Read(SettingReader reader)
    {
        var types = new Dictionary<string, (double Factor, EventScale Scale)>(StringComparer.Ordinal);
        foreach (var (key, type, text) in reader.Below(Key)) types[type] = Parse(key, type, text);
        var floor = reader.Number("rating_floor", -1, 1, EventWeights.Default.RatingFloor);
        return types.Count == 0 && floor == EventWeights.Default.RatingFloor ? EventWeights.Default : new EventWeights(types) { RatingFloor = floor };
    }

    private static (double Factor, EventScale Scale) Parse(string key, string type, string text)
    {
        if (type.Length == 0) throw SettingReader.Wrong(key, text, "below the name of a type of events");
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 2) throw SettingReader.Wrong(key, text, "a factor, and after it 'plain', 'rating' or 'seconds' or nothing");
        var factor = SettingReader.Number(key, text, parts[0], -MostFactor, MostFactor);
        if (parts.Length == 1) return (factor, EventWeights.Default.ScaleOf(type));
        return Scales.TryGetValue(parts[1], out var scale) ? (factor, scale) : throw SettingReader.Wrong(key, text, "a factor, and after it 'plain', 'rating' or 'seconds' or nothing");
    }
}
