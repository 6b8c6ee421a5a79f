using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Synthesis;
using EdgeHost.Plugins.Speech.Synthesis.Engines;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>Has a keyword said by the voices of the device, so that it is learnt from more than one throat. Thread-safe.</summary>
/// <param name="engines">Whose voices.</param>
/// <param name="speaker">Opens them.</param>
internal sealed class PhraseVoices(SpeechEngines engines, Speaker speaker)
{
    private const string DefaultLanguage = "en";
    private const int MostVoices = 6;
    private const int MostCharacters = 100;

    /// <summary>Has it said: by as many voices of as many engines as there are, at most six.</summary>
    /// <param name="phrase">The keyword in letters; null: by nobody.</param>
    /// <param name="language">Its language, as BCP 47; null: English.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What was said; empty where no engine is installed.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the phrase is empty or too long, or the language is none.</exception>
    public async ValueTask<IReadOnlyList<TaughtRecording>> SpeakAsync(string? phrase, string? language, IModelProvider models, CancellationToken cancellationToken)
    {
        if (phrase is null) return [];
        if (string.IsNullOrWhiteSpace(phrase) || phrase.Length > MostCharacters)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'phrase' has {phrase.Length} characters; 1 to {MostCharacters} are wanted, the keyword as one writes it.");
        }

        var voices = await engines.ListAsync(language ?? DefaultLanguage, models, cancellationToken).ConfigureAwait(false);
        var said = new List<TaughtRecording>();
        foreach (var voice in Mixed(voices.Where(static voice => voice.Hint is null)))
        {
            if (said.Count == MostVoices) break;
            if (await SayAsync(phrase, voice, models, cancellationToken).ConfigureAwait(false) is { } recording) said.Add(recording);
        }

        return said;
    }

    // In turns of the engines: their voices resemble one another more than those of another engine.
    private static IEnumerable<Voice> Mixed(IEnumerable<Voice> voices)
        => voices.GroupBy(static voice => voice.Engine).SelectMany(static group => group.Select(static (voice, place) => (voice, place))).OrderBy(static entry => entry.place).Select(static entry => entry.voice);

    private async ValueTask<TaughtRecording?> SayAsync(string phrase, Voice voice, IModelProvider models, CancellationToken cancellationToken)
    {
        using var speech = await speaker.OpenAsync(new SpeechWish(voice.Id, Language: null, Rate: null, Pitch: null, AudioReader.SpeechRate), models, cancellationToken).ConfigureAwait(false);
        var samples = await speech.SpeakAsync(phrase.AsMemory(), cancellationToken).ConfigureAwait(false);
        var file = new byte[WavHeader.Bytes + samples.Length];
        WavHeader.Write(file, samples.Length, AudioReader.SpeechRate);
        samples.CopyTo(file.AsMemory(WavHeader.Bytes));
        try
        {
            return await RecordingReader.ReadAsync(file, voice.Id, models, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            // A voice that does not sound like speech, or says the phrase too slowly, teaches nothing.
            return null;
        }
    }
}
