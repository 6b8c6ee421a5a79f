namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>A keyword that was heard.</summary>
/// <param name="Keyword">Its id.</param>
/// <param name="End">The sample up to which was heard when it counted, of 16,000 a second from the start of the sound: the end of the word, up to a hop later.</param>
/// <param name="Score">How sure it is, 0 to 1.</param>
internal readonly record struct KeywordHit(string Keyword, long End, float Score)
{
    private const int SamplesPerMillisecond = Audio.AudioReader.SpeechRate / 1000;

    /// <summary>When, in milliseconds.</summary>
    public long TimeMs => End / SamplesPerMillisecond;
}
