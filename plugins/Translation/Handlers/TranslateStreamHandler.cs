using EdgeHost.Capabilities.Translation;
using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.Plugins.Translation.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Translation.Handlers;

/// <summary>Serves <c>translation.translate_stream</c>.</summary>
[Capability(
    TranslationMethods.TranslateStream,
    Summary = "Translates a text and gives each sentence when it is done.",
    Example = """{"text":"Please close the door. The weather is very good today.","target":"zh"}""", Tasks = [TranslationModel.TaskName, TranslationModel.DecoderTaskName])]
internal sealed class TranslateStreamHandler(TextTranslator translator, TranslationOptions options) : StreamingCapabilityHandler<TranslateStreamRequest, TranslatedSentence, TranslateStreamResponse>
{
    public override async ValueTask<TranslateStreamResponse> HandleAsync(
        TranslateStreamRequest request, ItemWriter<TranslatedSentence> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Text.Length > options.MaxStreamCharacters)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The text has {request.Text.Length} characters; at most {options.MaxStreamCharacters} are taken. Send it in parts, or raise the plugin's setting 'translation:max_stream_characters'.");
        }

        var terms = Terms.Of(request.Terms, options.MaxTerms);
        using var run = await translator.OpenAsync(request.Text, request.Source, request.Target, context.Models, cancellationToken).ConfigureAwait(false);
        var sentences = 0;
        await foreach (var sentence in translator.StreamAsync(run, request.Text, terms, new WritingLimits(request.Beam, request.MaxLength), cancellationToken).ConfigureAwait(false))
        {
            await items.WriteAsync(sentence, cancellationToken).ConfigureAwait(false);
            sentences++;
        }

        return new TranslateStreamResponse { Source = run.Route.Languages[0], Route = run.Route.Languages, Sentences = sentences, Models = run.Models };
    }
}
