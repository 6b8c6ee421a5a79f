using EdgeHost.Plugins.Speech.Transcription.Moonshine;
using EdgeHost.Plugins.Speech.Transcription.Whisper;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Transcription.Recognition;

/// <summary>Opens the models that write down speech, by their family. Thread-safe.</summary>
internal sealed class Recognisers(Vocabularies vocabularies)
{
    /// <summary>The encoder of the model that comes with the plugin.</summary>
    public const string DefaultEncoder = "moonshine-tiny-en";

    /// <summary>Its decoder.</summary>
    public const string DefaultDecoder = "moonshine-tiny-en-decoder";

    private const string MoonshineFamily = "moonshine";
    private const string WhisperFamily = "whisper";

    /// <summary>Opens one.</summary>
    /// <param name="models">Where models come from.</param>
    /// <param name="language">What is spoken, as BCP 47; null: the default.</param>
    /// <param name="id">The model's id; null: the default of the language.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such model; <see cref="ErrorCode.FailedPrecondition"/>: it is not on the device, none is
    /// for the language, or its family is not known.</exception>
    public async ValueTask<ISpeechRecogniser> OpenAsync(IModelProvider models, string? language, string? id, CancellationToken cancellationToken)
    {
        var model = Find(language, id);
        var encoder = await models.LeaseAsync(model.Encoder, cancellationToken).ConfigureAwait(false);
        IModelLease? decoder = null;
        try
        {
            decoder = await models.LeaseAsync(model.Decoder, cancellationToken).ConfigureAwait(false);
            var vocabulary = await vocabularies.OfAsync(decoder, cancellationToken).ConfigureAwait(false);
            return model.Family switch
            {
                MoonshineFamily => new MoonshineRecogniser(model, encoder, decoder, vocabulary),
                WhisperFamily => new WhisperRecogniser(model, encoder, decoder, vocabulary),
                _ => throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{model.Encoder}' is of the family '{model.Family}'; known are {MoonshineFamily} and {WhisperFamily}."),
            };
        }
        catch
        {
            encoder.Dispose();
            decoder?.Dispose();
            throw;
        }
    }

    private static RecogniserModel Find(string? language, string? id)
    {
        var model = new RecogniserModel(MoonshineFamily, "en", DefaultEncoder, DefaultDecoder);
        if (id is not null && id != model.Encoder) throw new EdgeHostException(ErrorCode.NotFound, $"There is no speech model '{id}'.");
        if (language is not null && language.Split('-')[0] != model.Language) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"No speech model for '{language}' is on this device.");
        return model;
    }
}
