using System.Text;
using EdgeHost.Plugins.Text.Cleaning;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.Plugins.Translation.Texts;
using EdgeHost.PluginSdk;
using Lingua;

namespace EdgeHost.Plugins.Translation.Detection;

/// <summary>
/// Tells the language of a text, by Lingua's trigrams (its mode of high accuracy holds 565 MB and takes a minute to load for these languages, this one 27 MB and three seconds),
/// the words that languages have most, which is what tells short texts. Addresses, code and numbers do not count. The tables are loaded by the first text that needs them. Thread-safe.
/// </summary>
internal sealed class LanguageTeller(TranslationOptions options, PluginEnvironment environment)
{
    private const int MostCandidates = 5;

    // Trigrams are too sure of short texts: their say is dampened to a power of itself.
    private const double TrigramPower = 0.2;
    private const double TrigramFloor = 0.02;

    // A text of the language's most frequent words alone outweighs one without by e to this.
    private const double WordWeight = 6;

    // For each letter that a language does not have.
    private const double ForeignLetterFactor = 0.05;

    // With this share of words, and twice that of any other language, a text needs no trigrams; nor do their tables need to be loaded.
    private const double PlainShare = 0.35;
    private const int PlainWords = 2;

    // What is so near to the likeliest may be the right one as well.
    private const double CloseShare = 0.5;

    private static readonly Language[] Known =
    [
        Language.Arabic, Language.Bulgarian, Language.Chinese, Language.Czech, Language.Danish, Language.Dutch, Language.English, Language.Finnish, Language.French, Language.German,
        Language.Greek, Language.Hebrew, Language.Hindi, Language.Hungarian, Language.Indonesian, Language.Italian, Language.Japanese, Language.Korean, Language.Polish,
        Language.Portuguese, Language.Romanian, Language.Russian, Language.Spanish, Language.Swedish, Language.Thai, Language.Turkish, Language.Ukrainian, Language.Vietnamese,
    ];

    private readonly Lazy<LanguageDetector> _detector = new(
        () => LanguageDetectorBuilder.FromLanguages(Known).WithLowAccuracyMode().WithLanguageModelsDirectory(Path.Combine(environment.PluginFolder, "languages")).Build());

    /// <summary>The languages that can be told, in order.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. Known.Select(CodeOf).Order(StringComparer.Ordinal)];

    /// <summary>Tells.</summary>
    /// <param name="text">The text; its beginning counts.</param>
    /// <returns>The likeliest languages, the likeliest first; empty where nothing in the text says.</returns>
    public IReadOnlyList<DetectedLanguage> Tell(string text)
    {
        var beginning = text.Length > options.DetectionCharacters ? text[..options.DetectionCharacters] : text;
        var plain = LiteralFinder.WithoutMarked(TextCleaner.Clean(beginning));
        if (!Characters.HasLetter(plain)) return [];

        // A text that is mostly of one writing is of it: the words of another one inside are names.
        if (ByWriting(plain) is { } language) return [new DetectedLanguage(language, 1)];
        var (words, letters) = (CommonWords.SharesOf(plain), SpecialLetters.Of(plain));
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        if (IsPlain(plain, words, letters))
        {
            foreach (var (code, share) in words) scores[code] = Score(1, code, share, letters);
            return Ranked(scores);
        }

        foreach (var (candidate, confidence) in _detector.Value.ComputeLanguageConfidenceValues(plain))
        {
            if (confidence <= 0) continue;
            var code = CodeOf(candidate);
            scores[code] = Score(confidence, code, words.GetValueOrDefault(code), letters);
        }

        return Ranked(scores);
    }

    /// <summary>Tells, and of languages that are about as likely takes one that something can be done with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isUseful">Whether something can be done with a language.</param>
    /// <returns>The language, or <see cref="LanguageCode.Undetermined"/>.</returns>
    public string TellUseful(string text, Func<string, bool> isUseful)
    {
        var candidates = Tell(text);
        if (candidates.Count == 0) return LanguageCode.Undetermined;
        foreach (var candidate in candidates)
        {
            if (candidate.Confidence < candidates[0].Confidence * CloseShare) break;
            if (isUseful(candidate.Language)) return candidate.Language;
        }

        return candidates[0].Language;
    }

    private static double Score(double trigrams, string language, double share, string letters)
        => (Math.Pow(trigrams, TrigramPower) + TrigramFloor) * Math.Exp(WordWeight * share) * Math.Pow(ForeignLetterFactor, SpecialLetters.ForeignTo(language, letters));

    private static DetectedLanguage[] Ranked(Dictionary<string, double> scores)
    {
        var sum = scores.Values.Sum();
        return [.. scores.Select(score => new DetectedLanguage(score.Key, score.Value / sum)).OrderByDescending(static one => one.Confidence).ThenBy(static one => one.Language, StringComparer.Ordinal).Take(MostCandidates)];
    }

    private static bool IsPlain(string text, Dictionary<string, double> words, string letters)
    {
        if (words.Count == 0) return false;
        var (language, share) = words.MaxBy(static one => one.Value);
        return share >= PlainShare && share * CommonWords.CountOf(text) >= PlainWords - 0.01 && SpecialLetters.ForeignTo(language, letters) == 0
            && words.All(other => other.Key == language || other.Value * 2 <= share);
    }

    private static string CodeOf(Language language) => language.IsoCode6391().ToString().ToLowerInvariant();

    // Chinese has no letters of its own in Lingua's rules where Japanese ones or Latin names stand beside.
    private static string? ByWriting(string text)
    {
        var (han, kana, hangul, letters) = (0, 0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune)) continue;
            letters++;
            if (rune.Value is >= 0x3040 and <= 0x30FF) kana++;
            else if (rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)) han++;
            else if (rune.Value is >= 0xAC00 and <= 0xD7AF) hangul++;
        }

        // A Chinese character says about as much as three letters.
        var latin = letters - han - kana - hangul;
        if (3 * (han + kana + hangul) < latin) return null;
        return hangul > han + kana ? "ko" : kana * 5 > han ? "ja" : "zh";
    }
}
