using System.Globalization;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using WordTools.Contract;

namespace WordTools;

/// <summary>Counts characters, words, sentences and paragraphs.</summary>
[Capability(
    WordToolsMethods.Count,
    Summary = "Counts characters, words, sentences and paragraphs, and says how long a text takes to read.",
    Example = """{"text":"One two three. Four!"}""")]
internal sealed class CountHandler : CapabilityHandler<CountRequest, CountResponse>
{
    private const int TokensBetweenChecks = 4096;

    public override ValueTask<CountResponse> HandleAsync(
        CountRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var words = 0;
        var sentences = 0;
        var paragraphs = 0;
        var wordsInSentence = 0;
        var wordsInParagraph = 0;
        var tokens = 0;
        var unique = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in Tokenizer.Split(request.Text))
        {
            if (++tokens % TokensBetweenChecks == 0) cancellationToken.ThrowIfCancellationRequested();
            if (token.Break == TextBreak.None)
            {
                words++;
                wordsInSentence++;
                wordsInParagraph++;
                unique.Add(token.Text);
            }

            if (token.Break is TextBreak.Sentence or TextBreak.Paragraph) End(ref wordsInSentence, ref sentences);
            if (token.Break == TextBreak.Paragraph) End(ref wordsInParagraph, ref paragraphs);
        }

        End(ref wordsInSentence, ref sentences);
        End(ref wordsInParagraph, ref paragraphs);
        return ValueTask.FromResult(new CountResponse
        {
            Characters = CountCharacters(request.Text),
            Words = words,
            UniqueWords = unique.Count,
            Sentences = sentences,
            Paragraphs = paragraphs,
            ReadingTimeMs = (long)words * 60_000 / request.WordsPerMinute,
        });
    }

    // A sentence or paragraph without a word, such as "...", is none.
    private static void End(ref int wordsInside, ref int count)
    {
        if (wordsInside > 0) count++;
        wordsInside = 0;
    }

    private static int CountCharacters(string text)
    {
        var count = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; rest = rest[StringInfo.GetNextTextElementLength(rest)..]) count++;
        return count;
    }
}
