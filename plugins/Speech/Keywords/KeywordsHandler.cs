using EdgeHost.Capabilities.Speech;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>Serves <c>speech.keywords</c>.</summary>
[Capability(
    SpeechMethods.Keywords,
    Summary = "Lists the keywords that can be listened for, and how to get those that are not on the device.",
    Example = "{}",
    Tasks = [KeywordModels.Task])]
internal sealed class KeywordsHandler(KeywordCatalog keywords) : CapabilityHandler<KeywordsRequest, KeywordsResponse>
{
    public override async ValueTask<KeywordsResponse> HandleAsync(KeywordsRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => new() { Keywords = await keywords.ListAsync(context, cancellationToken).ConfigureAwait(false) };
}
