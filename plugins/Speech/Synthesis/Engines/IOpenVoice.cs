namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>A voice that is ready to speak; holds what it needs, a model for example, as long as it is not disposed. One sentence at a time.</summary>
internal interface IOpenVoice : IDisposable
{
    /// <summary>The models that speak, as id@version.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>Speaks a sentence.</summary>
    /// <param name="sentence">What to say, as the app sent it; it is cleaned here.</param>
    /// <param name="cancellationToken">Stops, and ends what was started for it.</param>
    /// <returns>The sound; without samples where there is nothing to say in the sentence.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the engine failed or took too long;
    /// <see cref="ErrorCode.ResourceExhausted"/>: it made far more sound than the text can have.</exception>
    ValueTask<SpokenSound> SpeakAsync(ReadOnlyMemory<char> sentence, CancellationToken cancellationToken);
}
