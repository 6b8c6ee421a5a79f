using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Sentiments;

/// <summary>
/// Judges the tone of texts in two steps: an encoder of the text's language makes features of it, and a head, which corrections can train
/// anew, judges by these. Thread-safe.
/// </summary>
internal sealed class SentimentAnalyzer(SentimentOptions options, TextEncoder encoder)
{
    /// <summary>The encoder of English.</summary>
    public const string EnglishModelId = "language-features-en";

    /// <summary>The encoder of Chinese.</summary>
    public const string ChineseModelId = "language-features-zh";

    private const string Undetermined = "und";

    // With fewer known tokens than this share a text is of another language, or hardly of any; the fewer, the less its scores say.
    private const double SureCoverage = 0.5;

    /// <summary>Judges a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="models">Where the models come from.</param>
    /// <param name="cancellationToken">Stops between stages and inside of runs.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the text is empty or too long; else as <see cref="TextEncoder.EncodeAsync"/> and <see cref="SentimentHead.JudgeAsync"/> say.</exception>
    public async ValueTask<SentimentResult> AnalyzeAsync(string text, IModelProvider models, CancellationToken cancellationToken)
    {
        Check(text);
        var (tokens, _) = Tokeniser.Cut(text, text.Length);
        if (tokens.Count == 0) return new SentimentResult(Mix(new double[SentimentLabels.Count], 0), Undetermined, 0, [], []);
        var language = TextLanguages.Of(tokens);
        var encoded = await encoder.EncodeAsync(language == TextLanguage.Chinese ? ChineseModelId : EnglishModelId, tokens, models, cancellationToken).ConfigureAwait(false);
        var (shares, head) = await SentimentHead.JudgeAsync(encoded.Features, models, cancellationToken).ConfigureAwait(false);
        var name = encoded.Coverage < SureCoverage ? Undetermined : language == TextLanguage.Chinese ? "zh" : "en";
        return new SentimentResult(Mix(shares, encoded.Coverage), name, encoded.Coverage, encoded.Features, [encoded.Model, head]);
    }

    private void Check(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new EdgeHostException(ErrorCode.InvalidArgument, "The text is empty; give at least a word.");
        if (text.Length > options.MaxCharacters)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The text has {text.Length} characters; at most {options.MaxCharacters} are taken. Judge its paragraphs one by one, or raise the plugin's setting 'sentiment:max_characters'.");
        }
    }

    // What is not known says nothing: its part of the judgement is the same for all tones.
    private static double[] Mix(double[] shares, double coverage)
    {
        var trust = Math.Min(1, coverage / SureCoverage);
        return Array.ConvertAll(shares, share => (trust * share) + ((1 - trust) / SentimentLabels.Count));
    }
}
