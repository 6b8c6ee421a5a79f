using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>The models that speak: none, until a host lists models by their task.</summary>
internal sealed class VoiceModels : IVoiceModels
{
    public ValueTask<IReadOnlyList<VoiceModel>> ListAsync(IModelProvider models, CancellationToken cancellationToken) => new([]);
}
