using System.Runtime.CompilerServices;
using System.Text;
using EdgeHost.Capabilities.Translation;
using EdgeHost.Plugins.Text.Sentences;
using EdgeHost.Plugins.Translation.Detection;
using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.Plugins.Translation.Texts;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation;

/// <summary>Translates texts: finds their languages and the way, cuts them into sentences, and puts the translations together with what stands between. Thread-safe.</summary>
internal sealed class TextTranslator(TranslationOptions options, LanguageTeller teller, MarianFiles files)
{
    /// <summary>Begins.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Its language as BCP 47; null: to be told.</param>
    /// <param name="target">The language wanted, as BCP 47.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The way with its models open; the caller disposes it. Without steps where the text is in the language wanted, or has no words.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a language is none, or cannot be told; else as <see cref="TranslationRoutes.Find"/> and
    /// <see cref="TranslationRun.OpenAsync"/> say.</exception>
    public async ValueTask<TranslationRun> OpenAsync(string text, string? source, string target, IModelProvider models, CancellationToken cancellationToken)
    {
        var wanted = Language(target, "target");
        var routes = await TranslationRoutes.OfAsync(models, cancellationToken).ConfigureAwait(false);
        var from = source is not null ? Language(source, "source") : teller.TellUseful(text, routes.Reads);
        var route = from == LanguageCode.Undetermined ? RouteOfNoWords(text) : routes.Find(from, wanted);
        return await TranslationRun.OpenAsync(models, route, files, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Translates a text at once.</summary>
    /// <param name="run">The way.</param>
    /// <param name="text">The text; any.</param>
    /// <param name="terms">Terms.</param>
    /// <param name="limits">How to write.</param>
    /// <param name="cancellationToken">Stops between steps and inside of one.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> says.</exception>
    public async ValueTask<TranslatedText> TranslateAsync(TranslationRun run, string text, Terms terms, WritingLimits limits, CancellationToken cancellationToken)
        => (await TranslateAsync(run, [text], terms, limits, cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Translates texts of one language at once, their sentences together where the model can.</summary>
    /// <inheritdoc cref="TranslateAsync(TranslationRun, string, Terms, WritingLimits, CancellationToken)"/>
    public async ValueTask<TranslatedText[]> TranslateAsync(TranslationRun run, IReadOnlyList<string> texts, Terms terms, WritingLimits limits, CancellationToken cancellationToken)
    {
        if (run.Route.Steps.Count == 0) return [.. texts.Select(text => new TranslatedText(text, Detail(run, [])))];
        var sentences = texts.Select(text => SentenceCutter.Cut(text, options.MaxSentenceCharacters).ToArray()).ToArray();
        var plans = texts.Select((text, i) => Array.ConvertAll(sentences[i], sentence => run.Plan(text.Substring(sentence.Start, sentence.Length), terms))).ToArray();
        await run.TranslateAsync([.. plans.SelectMany(static plan => plan)], limits, cancellationToken).ConfigureAwait(false);
        return [.. texts.Select((text, i) => Join(run, text, sentences[i], plans[i]))];
    }

    /// <summary>Translates a text sentence by sentence, in order.</summary>
    /// <inheritdoc cref="TranslateAsync(TranslationRun, string, Terms, WritingLimits, CancellationToken)"/>
    public async IAsyncEnumerable<TranslatedSentence> StreamAsync(
        TranslationRun run, string text, Terms terms, WritingLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (end, width) = (0, 1);
        var joiner = new SentenceJoiner(run.Route.Languages[^1]);
        using var sentences = SentenceCutter.Cut(text, options.MaxSentenceCharacters).GetEnumerator();
        for (var group = Take(sentences, width); group.Count > 0; group = Take(sentences, width))
        {
            var plans = run.Route.Steps.Count == 0 ? [] : group.ConvertAll(sentence => run.Plan(text.Substring(sentence.Start, sentence.Length), terms));
            await run.TranslateAsync(plans, limits, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < group.Count; i++)
            {
                var sentence = group[i];
                var source = text.Substring(sentence.Start, sentence.Length);
                var output = plans.Count > 0 ? plans[i].Assemble() : source;
                var before = text[end..sentence.Start];
                end = sentence.Start + sentence.Length;
                yield return new TranslatedSentence
                {
                    Before = plans.Count > 0 ? joiner.Between(before, output) : before,
                    Text = output,
                    After = text.AsSpan(end).IsWhiteSpace() ? text[end..] : string.Empty,
                    SourceStart = sentence.Start,
                    SourceLength = sentence.Length,
                    IsCut = plans.Count > 0 && plans[i].IsCut,
                };
            }

            // The first one soon, then as many together as the model can.
            width = run.MaxRows;
        }
    }

    // Digits, marks and pictures are of no language and the same in all.
    private static TranslationRoute RouteOfNoWords(string text)
        => Characters.HasLetter(LiteralFinder.WithoutMarked(text))
            ? throw new EdgeHostException(ErrorCode.InvalidArgument, "The language of the text cannot be told; say it with 'source'.")
            : new TranslationRoute([], [LanguageCode.Undetermined]);

    private static List<Sentence> Take(IEnumerator<Sentence> sentences, int most)
    {
        var taken = new List<Sentence>();
        while (taken.Count < most && sentences.MoveNext()) taken.Add(sentences.Current);
        return taken;
    }

    private static TranslatedText Join(TranslationRun run, string text, Sentence[] sentences, SentencePlan[] plans)
    {
        var (joined, spans, end) = (new StringBuilder(), new List<TranslatedSpan>(), 0);
        var joiner = new SentenceJoiner(run.Route.Languages[^1]);
        for (var i = 0; i < sentences.Length; i++)
        {
            var output = plans[i].Assemble();
            joined.Append(joiner.Between(text[end..sentences[i].Start], output));
            spans.Add(new TranslatedSpan
            {
                SourceStart = sentences[i].Start, SourceLength = sentences[i].Length, TargetStart = joined.Length, TargetLength = output.Length, IsCut = plans[i].IsCut,
            });
            joined.Append(output);
            end = sentences[i].Start + sentences[i].Length;
        }

        joined.Append(text, end, text.Length - end);
        return new TranslatedText(joined.ToString(), Detail(run, spans));
    }

    private static TranslationDetail Detail(TranslationRun run, IReadOnlyList<TranslatedSpan> spans)
        => new() { Source = run.Route.Languages[0], Route = run.Route.Languages, Sentences = spans };

    private static string Language(string language, string field)
        => LanguageCode.Of(language) is { Length: > 0 } code
            ? code
            : throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{field}' is no language: give one as BCP 47, such as 'en' or 'zh-Hans'; 'translation.languages' lists what there is.");
}
