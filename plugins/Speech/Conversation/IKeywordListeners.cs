using EdgeHost.Plugins.Speech.Keywords;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>Opens what hears keywords. Thread-safe.</summary>
internal interface IKeywordListeners
{
    /// <summary>Begins to listen.</summary>
    /// <param name="context">The call.</param>
    /// <param name="keywords">Their ids; null: all that are on the device.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: a keyword is not known; <see cref="ErrorCode.FailedPrecondition"/>: a model is not on the device.</exception>
    ValueTask<IKeywordListener> OpenAsync(CapabilityContext context, IReadOnlyList<string>? keywords, CancellationToken cancellationToken);
}
