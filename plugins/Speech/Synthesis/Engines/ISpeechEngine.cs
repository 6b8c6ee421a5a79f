using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>Makes speech of text. Thread-safe.</summary>
internal interface ISpeechEngine
{
    /// <summary>Its name in answers.</summary>
    string Name { get; }

    /// <summary>Lists its voices, also those that cannot speak yet, with what is missing.</summary>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: its program failed.</exception>
    ValueTask<IReadOnlyList<Voice>> ListAsync(IModelProvider models, CancellationToken cancellationToken);

    /// <summary>Makes a voice ready.</summary>
    /// <param name="voice">One of the list that can speak.</param>
    /// <param name="speaker">Which of its speakers, by name or number; null: the first.</param>
    /// <param name="manner">How it is to speak; what the engine cannot do, it does as far as it can.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such speaker; <see cref="ErrorCode.FailedPrecondition"/>: its program or model is not here.</exception>
    ValueTask<IOpenVoice> OpenAsync(Voice voice, string? speaker, SpeechManner manner, IModelProvider models, CancellationToken cancellationToken);
}
