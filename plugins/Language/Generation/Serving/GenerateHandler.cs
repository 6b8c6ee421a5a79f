using EdgeHost.Capabilities.Language;
using EdgeHost.Plugins.Language.Generation.Decoding;
using EdgeHost.Plugins.Language.Generation.Grammars;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.Plugins.Language.Generation.Sampling;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Language.Generation.Serving;

/// <summary>Serves <c>language.generate</c>.</summary>
[Capability(
    LanguageMethods.Generate,
    Summary = "Has a language model go on with a text or a conversation, and streams what it writes.",
    Example = """{"prompt":"Once upon a time","max_tokens":32}""",
    Tasks = [TextModels.Generation])]
internal sealed class GenerateHandler(TextModels models, DecodeLoops loops, ReadBefore before, GenerationOptions options) : StreamingCapabilityHandler<GenerateRequest, GeneratedText, GenerateResponse>
{
    private const int MostStops = 16;
    private const int LongestStop = 256;

    public override async ValueTask<GenerateResponse> HandleAsync(GenerateRequest request, ItemWriter<GeneratedText> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var (sampling, stops) = (SamplingOptions.Of(request), StopsOf(request));
        var grammar = GrammarOf(request);
        if (request.Session is { } session && !AppFiles.IsName(session)) throw new EdgeHostException(ErrorCode.InvalidArgument, "'session' must have 1 to 64 characters of a-z 0-9 _ -.");
        using var lease = await TextModels.LeaseAsync(context.Models, TextModels.Generation, request.Model, LanguageMethods.Generate, cancellationToken).ConfigureAwait(false);
        var model = await models.OfAsync(lease, GenerationModel.ReadAsync, cancellationToken).ConfigureAwait(false);
        var prompt = Prompts.TokensOf(model, request.Prompt, request.Messages, "prompt", options);
        var limit = Limit(model, prompt.Count, request.MaxTokens);
        var guide = grammar is null ? null : new GrammarGuide(grammar, model.Trie.Value, model.Ends);
        var wanted = new TextRequest(prompt, limit, sampling, stops) { Known = before.Find(context.App, request.Session, model, lease, prompt), Guide = guide };
        var loop = loops.Of(model);

        // A call that ends early in any way takes its text along, and waits until the loop has let go of the lease.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var waking = leaving.Token.UnsafeRegister(static state => ((DecodeLoop)state!).Wake(), loop);
        var text = new TextSequence(model, wanted, lease, context.Priority, options.MaxBacklog, leaving.Token);
        try
        {
            loop.Add(text);
        }
        catch
        {
            text.Forget();
            throw;
        }

        try
        {
            await foreach (var piece in text.ReadAsync(loop.Wake).ConfigureAwait(false))
            {
                await items.WriteAsync(new GeneratedText { Text = piece }, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)text.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            text.Left?.Dispose();
            throw;
        }

        var reason = await text.Ended.ConfigureAwait(false);
        using (var read = text.Left)
        {
            if (read is not null) before.Keep(context.App, request.Session, model, lease, text.Tokens, read);
        }

        return new GenerateResponse
        {
            Model = model.Name,
            FinishReason = reason == FinishReason.Stop ? "stop" : "length",
            InputTokens = prompt.Count,
            OutputTokens = text.Generated,
            CachedTokens = text.Reused,
        };
    }

    private int Limit(GenerationModel model, int prompt, int? wanted)
    {
        var most = Math.Min(model.Context ?? int.MaxValue, options.MaxTokens);
        if (prompt >= most)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The prompt has {prompt} tokens, and {most} is the most with what is generated ({(most == model.Context ? $"the model {model.Name} reads no more" : "the plugin's setting 'generation:max_tokens'")}).");
        }

        return Math.Min(wanted ?? options.DefaultTokens, most - prompt);
    }

    private static Grammar? GrammarOf(GenerateRequest request)
    {
        if (request.Grammar is not null && request.ResponseSchema is not null) throw new EdgeHostException(ErrorCode.InvalidArgument, "Give one of 'grammar' and 'response_schema'.");
        if (request.Grammar is { } given) return GrammarParser.Parse(given);
        return request.ResponseSchema is { } schema ? GrammarParser.Parse(SchemaGrammar.Make(schema)) : null;
    }

    private static IReadOnlyList<string> StopsOf(GenerateRequest request)
    {
        var stops = request.Stop ?? [];
        if (stops.Count > MostStops || stops.Any(static stop => stop.Length is 0 or > LongestStop))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'stop' has at most {MostStops} texts of 1 to {LongestStop} characters.");
        }

        return stops;
    }
}
