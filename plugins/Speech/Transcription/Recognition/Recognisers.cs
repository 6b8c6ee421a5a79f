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

    /// <summary>The task of the models, by which further ones are found.</summary>
    public const string TaskName = "speech-recognition";

    private const string FamilyProperty = "family";
    private const string LanguageProperty = "language";
    private const string DecoderProperty = "decoder";
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
        var model = await FindAsync(models, language, id, cancellationToken).ConfigureAwait(false);
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

    private static async ValueTask<RecogniserModel> FindAsync(IModelProvider models, string? language, string? id, CancellationToken cancellationToken)
    {
        var known = await models.ListAsync(TaskName, cancellationToken).ConfigureAwait(false);
        if (known.Count == 0) return Default(language, id);
        if (id is not null)
        {
            var named = known.FirstOrDefault(model => model.Id == id)
                ?? throw new EdgeHostException(ErrorCode.NotFound, $"There is no speech model '{id}'; known are {string.Join(", ", known.Select(static model => model.Id))}.");
            return Read(named);
        }

        // Those on the device come first, and of them the default.
        if (language is null) return Read(known[0]);
        var spoken = PrimaryOf(language);
        var fitting = known.FirstOrDefault(model => PrimaryOf(model.Properties.GetValueOrDefault(LanguageProperty, string.Empty)) == spoken)
            ?? throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"No speech model is for '{language}'; known are models for {string.Join(", ", known.Select(static model => model.Properties.GetValueOrDefault(LanguageProperty)).Distinct())}.");
        return Read(fitting);
    }

    private static RecogniserModel Read(AvailableModel model) => new(
        model.Properties.GetValueOrDefault(FamilyProperty, string.Empty),
        model.Properties.GetValueOrDefault(LanguageProperty, string.Empty),
        model.Id,
        model.Properties.GetValueOrDefault(DecoderProperty) ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The manifest of the speech model '{model.Id}' does not say which '{DecoderProperty}' belongs to it."));

    // Where nobody knows models by their task, such as in a test.
    private static RecogniserModel Default(string? language, string? id)
    {
        var model = new RecogniserModel(MoonshineFamily, "en", DefaultEncoder, DefaultDecoder);
        if (id is not null && id != model.Encoder) throw new EdgeHostException(ErrorCode.NotFound, $"There is no speech model '{id}'.");
        if (language is not null && PrimaryOf(language) != model.Language) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"No speech model is for '{language}'.");
        return model;
    }

    private static string PrimaryOf(string language) => language.Split('-')[0].ToLowerInvariant();
}
