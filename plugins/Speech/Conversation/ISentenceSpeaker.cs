namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>Speaks sentences one after another. Not thread-safe.</summary>
internal interface ISentenceSpeaker
{
    /// <summary>Samples a second of what was spoken.</summary>
    int SampleRate { get; }

    /// <summary>Speaks a sentence.</summary>
    /// <param name="sentence">What to say.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One channel of 16-bit integers, little-endian; the receiver's own.</returns>
    /// <exception cref="EdgeHostException">As the engine says.</exception>
    ValueTask<ReadOnlyMemory<byte>> SpeakAsync(ReadOnlyMemory<char> sentence, CancellationToken cancellationToken);
}
