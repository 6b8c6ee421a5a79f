namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>One channel of a sound, read from its start to its end. Not thread-safe.</summary>
internal interface ISampleSource
{
    /// <summary>Samples a second.</summary>
    int SampleRate { get; }

    /// <summary>Reads on.</summary>
    /// <param name="samples">Takes values from -1 to 1.</param>
    /// <returns>How many were read; 0 at the end only.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the sound is damaged there.</exception>
    int Read(Span<float> samples);
}
