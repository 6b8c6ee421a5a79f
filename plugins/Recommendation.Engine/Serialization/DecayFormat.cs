using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Serialization;

/// <summary>Decays in model files.</summary>
internal static class DecayFormat
{
    public static void Decay(this ModelWriter writer, HistoryDecay decay)
    {
        writer.Double(decay.HalfLifeDays);
        writer.Double(decay.HalfLifeEvents);
    }

    public static HistoryDecay Decay(this ModelReader reader)
    {
        var decay = new HistoryDecay(reader.Double(), reader.Double());
        return decay is { HalfLifeDays: > 0, HalfLifeEvents: > 0 } ? decay : throw ModelReader.Broken("a half-life is not above zero");
    }
}
