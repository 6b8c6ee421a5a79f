using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>Knows the models that speak. Thread-safe.</summary>
internal interface IVoiceModels
{
    /// <summary>Lists the models of the family Piper.</summary>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops.</param>
    ValueTask<IReadOnlyList<VoiceModel>> ListAsync(IModelProvider models, CancellationToken cancellationToken);
}
