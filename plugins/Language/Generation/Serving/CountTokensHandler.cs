using EdgeHost.Capabilities.Language;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Language.Generation.Serving;

/// <summary>Serves <c>language.count_tokens</c>.</summary>
[Capability(
    LanguageMethods.CountTokens,
    Summary = "Counts the tokens that a text or a conversation is for a language model.",
    Example = """{"text":"Once upon a time"}""",
    Tasks = [TextModels.Generation])]
internal sealed class CountTokensHandler(TextModels models, GenerationOptions options) : CapabilityHandler<CountTokensRequest, CountTokensResponse>
{
    public override async ValueTask<CountTokensResponse> HandleAsync(CountTokensRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await TextModels.LeaseAsync(context.Models, TextModels.Generation, request.Model, LanguageMethods.CountTokens, cancellationToken).ConfigureAwait(false);
        var model = await models.OfAsync(lease, GenerationModel.ReadAsync, cancellationToken).ConfigureAwait(false);
        var tokens = Prompts.TokensOf(model, request.Text, request.Messages, "text", options);
        return new CountTokensResponse { Tokens = tokens.Count, ContextTokens = model.Context, Model = model.Name };
    }
}
