using EdgeHost.Plugins.Speech.Keywords;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>Keywords of the catalogue, each with its own threshold. Thread-safe.</summary>
internal sealed class KeywordListeners(KeywordCatalog catalog) : IKeywordListeners
{
    public async ValueTask<IKeywordListener> OpenAsync(CapabilityContext context, IReadOnlyList<string>? keywords, CancellationToken cancellationToken)
        => await catalog.ListenAsync(context, keywords, threshold: null, requireSpeech: false, cancellationToken).ConfigureAwait(false);
}
