using System.Runtime.InteropServices;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.Logging;
using WordTools.Contract;

namespace WordTools;

/// <summary>
/// Finds keywords by rapid automatic keyword extraction (Rose et al., 2010): phrases are runs of words between stop words and
/// marks; a word weighs its degree (words it stands together with, itself included) divided by its frequency.
/// </summary>
[Capability(
    WordToolsMethods.Keywords,
    Summary = "Finds the words and phrases that an English text is about.",
    Example = """{"text":"Edge devices run machine learning models on the edge device itself.","count":3}""")]
internal sealed class KeywordsHandler : CapabilityHandler<KeywordsRequest, KeywordsResponse>
{
    private const int TokensBetweenChecks = 4096;
    private readonly StopWords _stopWords;

    public KeywordsHandler(StopWords stopWords) => _stopWords = stopWords;

    public override ValueTask<KeywordsResponse> HandleAsync(
        KeywordsRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var phrases = new Dictionary<string, int>(StringComparer.Ordinal);
        var words = new Dictionary<string, (int Frequency, int Degree)>(StringComparer.Ordinal);
        foreach (var phrase in FindPhrases(request.Text, request.MaxWords, cancellationToken))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(phrases, string.Join(' ', phrase), out _)++;
            foreach (var word in phrase)
            {
                ref var weight = ref CollectionsMarshal.GetValueRefOrAddDefault(words, word, out _);
                weight.Frequency++;
                weight.Degree += phrase.Count;
            }
        }

        var keywords = phrases
            .Select(phrase => new Keyword(phrase.Key, Score(phrase.Key, words), phrase.Value))
            .OrderByDescending(static keyword => keyword.Score)
            .ThenByDescending(static keyword => keyword.Occurrences)
            .ThenBy(static keyword => keyword.Text, StringComparer.Ordinal)
            .Take(request.Count)
            .ToArray();
        context.Logger.LogDebug("Found {Phrases} phrases, returning {Keywords}.", phrases.Count, keywords.Length);
        return ValueTask.FromResult(new KeywordsResponse { Keywords = keywords });
    }

    private static double Score(string phrase, Dictionary<string, (int Frequency, int Degree)> words)
        => Math.Round(phrase.Split(' ').Sum(word => (double)words[word].Degree / words[word].Frequency), 3);

    private IEnumerable<IReadOnlyList<string>> FindPhrases(string text, int maxWords, CancellationToken cancellationToken)
    {
        var phrase = new List<string>();
        var tokens = 0;
        foreach (var token in Tokenizer.Split(text))
        {
            if (++tokens % TokensBetweenChecks == 0) cancellationToken.ThrowIfCancellationRequested();
            if (token.Break == TextBreak.None && !_stopWords.Contains(token.Text))
            {
                phrase.Add(token.Text);
                continue;
            }

            if (IsKeyword(phrase, maxWords)) yield return phrase;
            phrase = [];
        }

        if (IsKeyword(phrase, maxWords)) yield return phrase;
    }

    // A longer run is a list or a title rather than a term; numbers alone say nothing.
    private static bool IsKeyword(List<string> phrase, int maxWords)
        => phrase.Count > 0 && phrase.Count <= maxWords && phrase.Exists(static word => word.Any(char.IsLetter));
}
