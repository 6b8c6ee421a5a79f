namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>What sounds may be.</summary>
internal static class AudioLimits
{
    /// <summary>Least samples a second.</summary>
    public const int MinSampleRate = 1000;

    /// <summary>Most samples a second.</summary>
    public const int MaxSampleRate = 384_000;

    /// <summary>Most channels.</summary>
    public const int MaxChannels = 32;

    /// <summary>Refuses what is beyond.</summary>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="channels">Channels.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>.</exception>
    public static void Check(int sampleRate, int channels)
    {
        if (sampleRate is < MinSampleRate or > MaxSampleRate)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The sound has {sampleRate} samples a second; from {MinSampleRate} to {MaxSampleRate} can be read.");
        }

        if (channels is < 1 or > MaxChannels)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The sound has {channels} channels; from 1 to {MaxChannels} can be read.");
        }
    }
}
