using System.Collections.Concurrent;
using EdgeHost.Plugins.Speech.Synthesis.Engines;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>Voices of the family Piper, as models of the pool. Thread-safe.</summary>
internal sealed class PiperEngine(Phonemiser phonemiser) : ISpeechEngine
{
    private const int MostKnown = 16;
    private readonly ConcurrentDictionary<string, PiperSettings> _known = new(StringComparer.Ordinal);

    public string Name => "piper";

    public async ValueTask<IReadOnlyList<Voice>> ListAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var found = await VoiceModels.ListAsync(models, cancellationToken).ConfigureAwait(false);
        return [.. found.Select((model, place) => new Voice(model.Id, Name, model.Name, [.. model.Languages.Select(tag => new VoiceLanguage(tag, place))], model.Id, model.Licence)
        {
            SampleRate = model.SampleRate,
            Speakers = model.Speakers,
            Hint = model.Hint,
        })];
    }

    public async ValueTask<IOpenVoice> OpenAsync(Voice voice, string? speaker, SpeechManner manner, IModelProvider models, CancellationToken cancellationToken)
    {
        var lease = await models.LeaseAsync(voice.Key, cancellationToken).ConfigureAwait(false);
        try
        {
            var settings = await SettingsOfAsync(lease, cancellationToken).ConfigureAwait(false);
            return new PiperVoice(lease, settings, settings.NumberOf(speaker, voice.Id), manner.Rate, phonemiser);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private async ValueTask<PiperSettings> SettingsOfAsync(IModelLease lease, CancellationToken cancellationToken)
    {
        var model = $"{lease.Model.Id}@{lease.Model.Version}";
        if (_known.TryGetValue(model, out var known)) return known;
        if (_known.Count >= MostKnown) _known.Clear();
        try
        {
            return _known[model] = PiperSettings.Read(await lease.ReadFileAsync(PiperSettings.FileName, cancellationToken).ConfigureAwait(false), lease.Model.Id);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.NotFound)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The voice '{lease.Model.Id}' cannot be used: its manifest lists no file '{PiperSettings.FileName}'.", e);
        }
    }
}
