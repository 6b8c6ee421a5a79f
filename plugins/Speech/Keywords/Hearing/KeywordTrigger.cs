using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Keywords.Hearing;

/// <summary>Decides when a score counts: from its threshold on, and then not again for two seconds, since one word has many hops. Not thread-safe.</summary>
/// <param name="threshold">From which score it counts.</param>
internal sealed class KeywordTrigger(float threshold)
{
    /// <summary>How long a keyword does not count again.</summary>
    public const long RefractorySamples = 2 * AudioReader.SpeechRate;

    private long _quietUntil;

    /// <summary>The highest score so far.</summary>
    public float Peak { get; private set; }

    /// <summary>The sample at which it was.</summary>
    public long PeakEnd { get; private set; }

    /// <summary>Takes the next score.</summary>
    /// <param name="score">0 to 1.</param>
    /// <param name="end">The sample up to which was heard.</param>
    /// <param name="mayCount">Whether it may count; the highest score is noted all the same.</param>
    /// <returns>Whether the keyword was heard.</returns>
    public bool Feed(float score, long end, bool mayCount)
    {
        if (score > Peak) (Peak, PeakEnd) = (score, end);
        if (score < threshold || !mayCount || end < _quietUntil) return false;
        _quietUntil = end + RefractorySamples;
        return true;
    }
}
