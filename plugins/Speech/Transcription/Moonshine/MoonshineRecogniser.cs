using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Transcription.Decoding;
using EdgeHost.Plugins.Speech.Transcription.Recognition;
using EdgeHost.Plugins.Speech.Transcription.Tokens;
using EdgeHost.Plugins.Text.Decoding;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Transcription.Moonshine;

/// <summary>
/// Moonshine (Useful Sensors): the encoder takes samples as they are (<c>input_values</c> float32 [1, n]), the decoder is a <see cref="CachedDecoder"/>. A text begins with
/// token 1 and ends with token 2. Thread-safe.
/// </summary>
internal sealed class MoonshineRecogniser(RecogniserModel model, IModelLease encoder, IModelLease decoder, ITokenVocabulary vocabulary) : ISpeechRecogniser
{
    private const int Begin = 1;
    private const int End = 2;

    // The makers' own limit: nobody speaks faster.
    private const double TokensPerSecond = 6.5;

    // The encoder's convolutions need 0.1 s; more makes short words better.
    private const int LeastSamples = AudioReader.SpeechRate / 2;

    public IReadOnlyList<string> Models { get; } = [$"{encoder.Model.Id}@{encoder.Model.Version}", $"{decoder.Model.Id}@{decoder.Model.Version}"];

    public string Language => model.Language;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public async ValueTask<Recognised> RecogniseAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        using var input = encoder.CreateValue(ElementType.Float32, new TensorShape(1, Math.Max(samples.Length, LeastSamples)));
        samples.Span.CopyTo(input.AsSpan<float>());
        input.AsSpan<float>()[samples.Length..].Clear();
        var step = new ModelStep
        {
            Inputs = [new NamedValue(encoder.Model.Inputs[0].Name, input)],
            Outputs = [encoder.Model.Outputs[0].Name],
            MayRunOnCallingThread = true,
        };
        using var hidden = await encoder.RunAsync(step, cancellationToken).ConfigureAwait(false);
        using var cached = new CachedDecoder(decoder, next: null, new NamedValue("encoder_hidden_states", hidden[0]));
        var limit = (int)Math.Ceiling(Math.Max(samples.Length, LeastSamples) * TokensPerSecond / AudioReader.SpeechRate);
        return await GreedyWriter.WriteAsync(cached, new[] { Begin }, End, int.MaxValue, limit, vocabulary, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        encoder.Dispose();
        decoder.Dispose();
    }
}
