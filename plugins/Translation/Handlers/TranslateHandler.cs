using EdgeHost.Capabilities.Translation;
using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.Plugins.Translation.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Translation.Handlers;

/// <summary>Serves <c>translation.translate</c>.</summary>
[Capability(
    TranslationMethods.Translate,
    Summary = "Translates one text or several, sentence by sentence.",
    Example = """{"text":"The weather is very good today.","target":"zh"}""", Tasks = [TranslationModel.TaskName, TranslationModel.DecoderTaskName])]
internal sealed class TranslateHandler(TextTranslator translator, TranslationOptions options) : CapabilityHandler<TranslateRequest, TranslateResponse>
{
    public override async ValueTask<TranslateResponse> HandleAsync(TranslateRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var texts = TextsOf(request);
        var terms = Terms.Of(request.Terms, options.MaxTerms);
        var limits = new WritingLimits(request.Beam, request.MaxLength);
        var done = new TranslatedText[texts.Count];
        var models = new List<string>();
        var runs = new List<(TranslationRun Run, List<int> Texts)>();
        try
        {
            for (var i = 0; i < texts.Count; i++)
            {
                // Models are opened once for each way: the texts of one language go together.
                var opened = await translator.OpenAsync(texts[i], request.Source, request.Target, context.Models, cancellationToken).ConfigureAwait(false);
                if (runs.FindIndex(run => run.Run.Route.Languages[0] == opened.Route.Languages[0]) is >= 0 and var known)
                {
                    opened.Dispose();
                    runs[known].Texts.Add(i);
                }
                else runs.Add((opened, [i]));
            }

            foreach (var (run, indices) in runs)
            {
                var translated = await translator.TranslateAsync(run, [.. indices.Select(i => texts[i])], terms, limits, cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < indices.Count; i++) done[indices[i]] = translated[i];
                models.AddRange(run.Models);
            }
        }
        finally
        {
            foreach (var (run, _) in runs) run.Dispose();
        }

        return new TranslateResponse
        {
            Text = request.Text is null ? null : done[0].Text,
            Texts = request.Texts is null ? null : [.. done.Select(static text => text.Text)],
            Source = done[0].Detail.Source,
            Details = [.. done.Select(static text => text.Detail)],
            Models = [.. models.Distinct()],
        };
    }

    private IReadOnlyList<string> TextsOf(TranslateRequest request)
    {
        if (request.Text is null == request.Texts is null) throw new EdgeHostException(ErrorCode.InvalidArgument, "Give either 'text' or 'texts'.");
        var texts = request.Texts ?? [request.Text!];
        if (texts.Count == 0 || texts.Count > options.MaxTexts)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"There are {texts.Count} texts; 1 to {options.MaxTexts} are taken. Send them in several calls, or raise the plugin's setting 'translation:max_texts'.");
        }

        var characters = texts.Sum(static text => (long)text.Length);
        if (characters > options.MaxCharacters)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The text has {characters} characters; at most {options.MaxCharacters} are taken. '{TranslationMethods.TranslateStream}' takes {options.MaxStreamCharacters}; the plugin's setting 'translation:max_characters' is the limit.");
        }

        return texts;
    }
}
