using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>Chooses from which score a keyword counts: the lowest with at most one false alarm in two hours. No state.</summary>
internal static class ThresholdRule
{
    private const double MostAlarmsPerHour = 0.5;
    private const float Lowest = 0.3f;
    private const float Highest = 0.99f;
    private const float Step = 0.01f;

    /// <summary>Chooses.</summary>
    /// <param name="peaks">The highest score of each recording that was left out.</param>
    /// <param name="tracks">The scores of other speech, one for each hop.</param>
    public static Measurement Choose(IReadOnlyList<float> peaks, IReadOnlyList<float[]> tracks)
    {
        var hours = tracks.Sum(static track => (double)track.Length) * KeywordFeatures.HopSamples / AudioReader.SpeechRate / 3600;
        var (threshold, alarms) = (Lowest, Alarms(tracks, Lowest));
        while (alarms > MostAlarmsPerHour * hours && threshold < Highest)
        {
            threshold = Math.Min(Highest, threshold + Step);
            alarms = Alarms(tracks, threshold);
        }

        return new Measurement(threshold, hours > 0 ? alarms / hours : 0, hours, (double)peaks.Count(peak => peak >= threshold) / peaks.Count);
    }

    private static int Alarms(IReadOnlyList<float[]> tracks, float threshold)
    {
        var alarms = 0;
        foreach (var track in tracks)
        {
            var trigger = new KeywordTrigger(threshold);
            for (var hop = 0; hop < track.Length; hop++)
            {
                if (trigger.Feed(track[hop], (hop + 1L) * KeywordFeatures.HopSamples, mayCount: true)) alarms++;
            }
        }

        return alarms;
    }
}
