using EdgeHost.Plugins.Speech.Synthesis.Engines;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Opens what apps are spoken to with, so many at once. Thread-safe.</summary>
internal sealed class Speaker(SpeechEngines engines, SynthesisOptions options)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private int _calls;

    /// <summary>Refuses texts that cannot be spoken.</summary>
    /// <param name="text">A whole text.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is empty or too long.</exception>
    public void Check(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new EdgeHostException(ErrorCode.InvalidArgument, "There is nothing to say: 'text' is empty or only white space.");
        if (text.Length > options.MaxCharacters)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The text has {text.Length} characters; at most {options.MaxCharacters} are spoken. Send it in parts, or raise the plugin's setting 'synthesis:max_characters'.");
        }
    }

    /// <summary>Opens a voice.</summary>
    /// <param name="wish">Who is to speak and how.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such voice; <see cref="ErrorCode.FailedPrecondition"/>: it cannot speak yet, and what is missing;
    /// <see cref="ErrorCode.InvalidArgument"/>: the language is none; <see cref="ErrorCode.ResourceExhausted"/>: too many calls speak.</exception>
    public async ValueTask<OpenSpeech> OpenAsync(SpeechWish wish, IModelProvider models, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) > options.MaxCalls)
        {
            Leave();
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{options.MaxCalls} calls speak already; more are refused. Try again, or raise the plugin's setting 'synthesis:max_calls'.") { RetryAfter = RetryAfter };
        }

        try
        {
            var chosen = await engines.ChooseAsync(wish.Voice, wish.Language, models, cancellationToken).ConfigureAwait(false);
            var manner = new SpeechManner(wish.Rate ?? 1, wish.Pitch ?? 1);
            var voice = await chosen.Engine.OpenAsync(chosen.Voice, chosen.Speaker, manner, models, cancellationToken).ConfigureAwait(false);
            return new OpenSpeech(chosen, voice, wish.SampleRate, Leave);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    private void Leave() => Interlocked.Decrement(ref _calls);
}
