using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>All engines: their voices, and which one is meant. Engines are asked in their order, the best first. Thread-safe.</summary>
internal sealed partial class SpeechEngines(IEnumerable<ISpeechEngine> engines, ILogger<SpeechEngines> logger)
{
    private const string DefaultLanguage = "en";
    private const int LongestId = 200;
    private readonly ISpeechEngine[] _engines = [.. engines];

    /// <summary>Lists the voices: those that can speak first, then by engine and id.</summary>
    /// <param name="language">Only those of this language, as BCP 47; null: all.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the language is none.</exception>
    public async ValueTask<IReadOnlyList<Voice>> ListAsync(string? language, IModelProvider models, CancellationToken cancellationToken)
    {
        var wanted = language is null ? null : LanguageTag.Normalize(language);
        var voices = await AllAsync(models, cancellationToken).ConfigureAwait(false);
        return [.. voices.Select(static entry => entry.Voice)
            .Where(voice => wanted is null || voice.Languages.Any(known => LanguageTag.Is(known.Tag, wanted)))
            .OrderBy(static voice => voice.Hint is null ? 0 : 1).ThenBy(static voice => voice.Engine, StringComparer.Ordinal).ThenBy(static voice => voice.Id, StringComparer.Ordinal)];
    }

    /// <summary>Finds the voice that is meant.</summary>
    /// <param name="id">Its id, perhaps with <c>#speaker</c>; null: by the language.</param>
    /// <param name="language">The language, as BCP 47, if no voice is named; null: English. Where nobody speaks a region's kind, somebody of another region does.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such voice; <see cref="ErrorCode.FailedPrecondition"/>: it cannot speak yet, and what is missing;
    /// <see cref="ErrorCode.InvalidArgument"/>: the language is none.</exception>
    public async ValueTask<ChosenVoice> ChooseAsync(string? id, string? language, IModelProvider models, CancellationToken cancellationToken)
    {
        var wanted = LanguageTag.Normalize(language ?? DefaultLanguage);
        var voices = await AllAsync(models, cancellationToken).ConfigureAwait(false);
        var chosen = id is null ? ByLanguage(voices, wanted) : ById(voices, id);
        return chosen.Voice.Hint is { } hint ? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The voice '{chosen.Voice.Id}' cannot speak yet. {hint}") : chosen;
    }

    private static ChosenVoice ById(List<(ISpeechEngine Engine, Voice Voice)> voices, string id)
    {
        if (id.Length > LongestId) throw new EdgeHostException(ErrorCode.NotFound, $"There is no voice whose id has {id.Length} characters. The method speech.voices lists those that there are.");
        var mark = id.IndexOf('#', StringComparison.Ordinal);
        var (name, speaker) = mark < 0 ? (id, null) : (id[..mark], id[(mark + 1)..]);
        foreach (var (engine, voice) in voices)
        {
            if (voice.Id == name) return new ChosenVoice(engine, voice, speaker);
        }

        throw new EdgeHostException(ErrorCode.NotFound, $"There is no voice '{name}'. The method speech.voices lists those that there are.");
    }

    private static ChosenVoice ByLanguage(List<(ISpeechEngine Engine, Voice Voice)> voices, string wanted)
    {
        // en-AU, then en: somebody of the language is better than nobody.
        for (var tag = wanted; ; tag = tag[..tag.LastIndexOf('-')])
        {
            var best = voices
                .Select((entry, place) => (entry, place, rank: RankOf(entry.Voice, tag)))
                .Where(static candidate => candidate.rank is not null)
                .OrderBy(static candidate => candidate.entry.Voice.Hint is null ? 0 : 1)
                .ThenBy(candidate => voices.FindIndex(entry => entry.Engine == candidate.entry.Engine))
                .ThenBy(static candidate => candidate.rank)
                .ThenBy(static candidate => candidate.place)
                .FirstOrDefault();
            if (best.entry.Voice is not null) return new ChosenVoice(best.entry.Engine, best.entry.Voice, Speaker: null);
            if (!tag.Contains('-', StringComparison.Ordinal)) break;
        }

        var hint = voices.Select(static entry => entry.Voice.Hint).FirstOrDefault(static hint => hint is not null);
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"No voice on this device speaks '{wanted}'. {hint ?? "The method speech.voices lists those that there are."}");
    }

    private static long? RankOf(Voice voice, string tag)
    {
        var rank = default(long?);
        foreach (var language in voice.Languages)
        {
            // A kind of the language stands behind the language itself.
            var mine = language.Tag == tag ? language.Rank : LanguageTag.Is(language.Tag, tag) ? (1L << 32) + language.Rank : default(long?);
            if (mine < (rank ?? long.MaxValue)) rank = mine;
        }

        return rank;
    }

    private async ValueTask<List<(ISpeechEngine Engine, Voice Voice)>> AllAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var voices = new List<(ISpeechEngine, Voice)>();
        foreach (var engine in _engines)
        {
            try
            {
                foreach (var voice in await engine.ListAsync(models, cancellationToken).ConfigureAwait(false)) voices.Add((engine, voice));
            }
            catch (EdgeHostException e) when (e.Code is ErrorCode.Unavailable or ErrorCode.ResourceExhausted)
            {
                // One broken program leaves the others.
                LogNoList(engine.Name, e.Message);
            }
        }

        return voices;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The voices of {Engine} are left out: {Problem}")]
    private partial void LogNoList(string engine, string problem);
}
