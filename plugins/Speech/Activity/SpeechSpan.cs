namespace EdgeHost.Plugins.Speech.Activity;

/// <summary>A stretch of speech.</summary>
/// <param name="Start">Its first sample, of <see cref="Audio.AudioReader.SpeechRate"/> a second.</param>
/// <param name="End">The first sample after it.</param>
internal readonly record struct SpeechSpan(long Start, long End)
{
    private const int SamplesPerMillisecond = Audio.AudioReader.SpeechRate / 1000;

    /// <summary>Where it begins, in milliseconds.</summary>
    public long StartMs => Start / SamplesPerMillisecond;

    /// <summary>Where it ends, in milliseconds.</summary>
    public long EndMs => End / SamplesPerMillisecond;
}
