using EdgeHost.Plugins.Speech.Transcription.Decoding;
using EdgeHost.Plugins.Speech.Transcription.Recognition;
using EdgeHost.Plugins.Speech.Transcription.Tokens;
using EdgeHost.Plugins.Text.Decoding;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Transcription.Whisper;

/// <summary>
/// Whisper as Optimum exports it: the encoder takes a <see cref="LogMel"/> spectrum (<c>input_features</c> float32 [1, bands, 3000]), the decoder is a
/// <see cref="CachedDecoder"/>. A text begins with tokens that say its language and what to do. Thread-safe.
/// </summary>
internal sealed class WhisperRecogniser : ISpeechRecogniser
{
    private const int MostTokens = 224;
    private readonly RecogniserModel _model;
    private readonly IModelLease _encoder;
    private readonly IModelLease _decoder;
    private readonly ITokenVocabulary _vocabulary;
    private readonly LogMel _spectrum;
    private readonly int _bands;
    private readonly int[] _beginning;
    private readonly int _end;

    /// <summary>Takes the leases over.</summary>
    /// <param name="model">What the manifest says.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="vocabulary">Its tokens.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the models are none of Whisper.</exception>
    public WhisperRecogniser(RecogniserModel model, IModelLease encoder, IModelLease decoder, ITokenVocabulary vocabulary)
    {
        (_model, _encoder, _decoder, _vocabulary) = (model, encoder, decoder, vocabulary);
        var shape = encoder.Model.Inputs[0].Shape;
        if (shape.Rank != 3 || shape[1] is not (80 or 128)) throw No(encoder.Model, $"its input is {shape}, not [1, 80 or 128, {LogMel.Frames}]");
        _bands = (int)shape[1];
        _spectrum = new LogMel(_bands);
        _end = Special("<|endoftext|>");

        // A model of English alone has no tokens of languages.
        _beginning = vocabulary.FindSpecial($"<|{model.Language}|>") is { } language
            ? [Special("<|startoftranscript|>"), language, Special("<|transcribe|>"), Special("<|notimestamps|>")]
            : [Special("<|startoftranscript|>"), Special("<|notimestamps|>")];
        Models = [$"{encoder.Model.Id}@{encoder.Model.Version}", $"{decoder.Model.Id}@{decoder.Model.Version}"];
    }

    public IReadOnlyList<string> Models { get; }

    public string Language => _model.Language;

    public TimeSpan Longest => TimeSpan.FromSeconds(30);

    public async ValueTask<Recognised> RecogniseAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        using var input = _encoder.CreateValue(ElementType.Float32, new TensorShape(1, _bands, LogMel.Frames));
        _spectrum.Make(samples.Span[..Math.Min(samples.Length, LogMel.WindowSamples)], input.AsSpan<float>());
        var step = new ModelStep
        {
            Inputs = [new NamedValue(_encoder.Model.Inputs[0].Name, input)],
            Outputs = [_encoder.Model.Outputs[0].Name],
            MayRunOnCallingThread = true,
        };
        using var hidden = await _encoder.RunAsync(step, cancellationToken).ConfigureAwait(false);
        using var cached = new CachedDecoder(_decoder, next: null, new NamedValue("encoder_hidden_states", hidden[0]));

        // Tokens beyond the end are those of tasks and time stamps.
        return await GreedyWriter.WriteAsync(cached, _beginning, _end, _end + 1, MostTokens, _vocabulary, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    private int Special(string name) => _vocabulary.FindSpecial(name) ?? throw No(_decoder.Model, $"its vocabulary has no '{name}'");

    private static EdgeHostException No(ModelDescription model, string why)
        => new(ErrorCode.FailedPrecondition, $"The model {model.Id}@{model.Version} cannot be used as one of the family 'whisper': {why}.");
}
