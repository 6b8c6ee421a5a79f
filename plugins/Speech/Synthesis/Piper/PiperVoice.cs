using EdgeHost.Plugins.Speech.Synthesis.Engines;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>
/// A Piper voice (VITS): <c>input</c> int64 [1, n], the numbers of phonemes; <c>input_lengths</c> int64 [1]; <c>scales</c> float32 [3]: noise, length, noise of lengths; <c>sid</c> int64 [1]
/// where it has several speakers. Its output's last dimension is samples from -1 to 1.
/// </summary>
/// <param name="lease">The model; given back with this.</param>
/// <param name="settings">What lies beside it.</param>
/// <param name="speaker">The number of the speaker.</param>
/// <param name="rate">How fast; 1 is the voice's own.</param>
/// <param name="phonemiser">Makes phonemes.</param>
internal sealed class PiperVoice(IModelLease lease, PiperSettings settings, long speaker, double rate, Phonemiser phonemiser) : IOpenVoice
{
    private const string SpeakerInput = "sid";
    private const string UnknownGraph = "Its graph is not that of a Piper voice: it takes 'input', 'input_lengths' and 'scales', and gives one float32 tensor of samples.";

    public IReadOnlyList<string> Models { get; } = [$"{lease.Model.Id}@{lease.Model.Version}"];

    public async ValueTask<SpokenSound> SpeakAsync(ReadOnlyMemory<char> sentence, CancellationToken cancellationToken)
    {
        var ids = new PhonemeIds(settings);
        var clauses = Clause.Split(sentence.Span);
        for (var i = 0; i < clauses.Count; i++)
        {
            var text = sentence.Slice(clauses[i].Start, clauses[i].Length);
            ids.Add(settings.EspeakVoice is null
                ? text.ToString().ToLowerInvariant()
                : await phonemiser.PhonemesOfAsync(settings.EspeakVoice, text, cancellationToken).ConfigureAwait(false));
            ids.AddMark(clauses[i].Mark, isLast: i == clauses.Count - 1);
        }

        return ids.HasPhonemes ? new SpokenSound(settings.SampleRate, await RunAsync(ids.ToArray(), sentence.Length, cancellationToken).ConfigureAwait(false)) : new SpokenSound(settings.SampleRate, []);
    }

    public void Dispose() => lease.Dispose();

    private async ValueTask<float[]> RunAsync(long[] ids, int characters, CancellationToken cancellationToken)
    {
        using var input = lease.CreateValue(ElementType.Int64, new TensorShape(1, ids.Length));
        ids.CopyTo(input.AsSpan<long>());
        using var length = lease.CreateValue(ElementType.Int64, new TensorShape(1));
        length.AsSpan<long>()[0] = ids.Length;
        using var scales = lease.CreateValue(ElementType.Float32, new TensorShape(3));
        float[] values = [settings.NoiseScale, (float)(settings.LengthScale / rate), settings.NoiseWidth];
        values.CopyTo(scales.AsSpan<float>());
        using var sid = lease.CreateValue(ElementType.Int64, new TensorShape(1));
        sid.AsSpan<long>()[0] = speaker;
        var inputs = new List<NamedValue> { new("input", input), new("input_lengths", length), new("scales", scales) };
        if (lease.Model.Inputs.Any(static tensor => tensor.Name == SpeakerInput)) inputs.Add(new NamedValue(SpeakerInput, sid));
        using var result = await lease.RunAsync(new ModelStep { Inputs = inputs, MayRunOnCallingThread = true }, cancellationToken).ConfigureAwait(false);
        if (result[0].ElementType != ElementType.Float32) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The voice '{lease.Model.Id}' cannot be used. {UnknownGraph}");
        var samples = result[0].AsSpan<float>();
        if (samples.Length > SoundBound.BytesOf(characters, rate, settings.SampleRate) / sizeof(short))
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The voice '{lease.Model.Id}' made far more sound than the text can have. Send other text, or choose another voice.");
        }

        return samples.ToArray();
    }
}
