using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Keywords.Hearing;

/// <summary>
/// Turns sound into the vectors that keywords are known by, 96 numbers for each 80 ms, over the two models that openWakeWord publishes: a mel spectrogram in the range of
/// 16-bit samples, then an embedding of its last 76 frames. The spectrogram of a hop is made with the 480 samples before it; without them three of eight frames are missing.
/// What was before the sound counts as silence. One for each sound, whatever the number of keywords; not thread-safe.
/// </summary>
internal sealed class KeywordFeatures : IDisposable
{
    /// <summary>The model that sees the sound.</summary>
    public const string SpectrogramModel = "oww-melspectrogram";

    /// <summary>The model that makes vectors of it.</summary>
    public const string EmbeddingModel = "oww-embedding";

    /// <summary>Samples of a hop: 80 ms.</summary>
    public const int HopSamples = 1280;

    /// <summary>Numbers of a vector.</summary>
    public const int Width = 96;

    private const int OverlapSamples = 480;
    private const int HopFrames = 8;
    private const int Frames = 76;
    private const int Bands = 32;
    private const float SampleScale = 32768;
    private readonly IModelLease _spectrogram;
    private readonly IModelLease _embedding;
    private readonly ModelValue _sound;
    private readonly ModelValue _frames;
    private readonly ModelStep _spectrogramStep;
    private readonly ModelStep _embeddingStep;
    private readonly float[] _silence = new float[Width];

    private KeywordFeatures(IModelLease spectrogram, IModelLease embedding)
    {
        (_spectrogram, _embedding) = (spectrogram, embedding);
        _sound = spectrogram.CreateValue(ElementType.Float32, new TensorShape(1, OverlapSamples + HopSamples));
        _frames = embedding.CreateValue(ElementType.Float32, new TensorShape(1, Frames, Bands, 1));
        _spectrogramStep = StepOf(spectrogram, _sound);
        _embeddingStep = StepOf(embedding, _frames);
    }

    /// <summary>The models as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models => [$"{_spectrogram.Model.Id}@{_spectrogram.Model.Version}", $"{_embedding.Model.Id}@{_embedding.Model.Version}"];

    /// <summary>The vector of silence, which is what came before the sound.</summary>
    public ReadOnlySpan<float> Silence => _silence;

    /// <summary>Begins a sound.</summary>
    /// <param name="models">Where the models come from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> says.</exception>
    public static async ValueTask<KeywordFeatures> CreateAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var spectrogram = await models.LeaseAsync(SpectrogramModel, cancellationToken).ConfigureAwait(false);
        IModelLease? embedding = null;
        KeywordFeatures? features = null;
        try
        {
            embedding = await models.LeaseAsync(EmbeddingModel, cancellationToken).ConfigureAwait(false);
            features = new KeywordFeatures(spectrogram, embedding);
            await features.BeginAsync(cancellationToken).ConfigureAwait(false);
            return features;
        }
        catch
        {
            features?.Dispose();
            embedding?.Dispose();
            spectrogram.Dispose();
            throw;
        }
    }

    /// <summary>Hears the next hop.</summary>
    /// <param name="hop">1280 samples from -1 to 1.</param>
    /// <param name="vector">Takes 96 numbers.</param>
    /// <param name="cancellationToken">Stops the steps; the sound is then not to be gone on with.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> says.</exception>
    public async ValueTask HearAsync(ReadOnlyMemory<float> hop, Memory<float> vector, CancellationToken cancellationToken)
    {
        Take(hop.Span);
        using (var spectrogram = await _spectrogram.RunAsync(_spectrogramStep, cancellationToken).ConfigureAwait(false))
        {
            var frames = _frames.AsSpan<float>();
            frames[(HopFrames * Bands)..].CopyTo(frames);
            Adapt(spectrogram[0].AsSpan<float>()[^(HopFrames * Bands)..], frames[^(HopFrames * Bands)..]);
        }

        await EmbedAsync(vector, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _sound.Dispose();
        _frames.Dispose();
        _embedding.Dispose();
        _spectrogram.Dispose();
    }

    // All frames are those of silence, as after a long pause.
    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _sound.AsSpan<float>().Clear();
        using (var spectrogram = await _spectrogram.RunAsync(_spectrogramStep, cancellationToken).ConfigureAwait(false))
        {
            var frames = _frames.AsSpan<float>();
            Adapt(spectrogram[0].AsSpan<float>()[^Bands..], frames[..Bands]);
            for (var frame = 1; frame < Frames; frame++) frames[..Bands].CopyTo(frames[(frame * Bands)..]);
        }

        await EmbedAsync(_silence, cancellationToken).ConfigureAwait(false);
    }

    private void Take(ReadOnlySpan<float> hop)
    {
        var sound = _sound.AsSpan<float>();
        sound[^OverlapSamples..].CopyTo(sound);
        System.Numerics.Tensors.TensorPrimitives.Multiply(hop[..HopSamples], SampleScale, sound[OverlapSamples..]);
    }

    private async ValueTask EmbedAsync(Memory<float> vector, CancellationToken cancellationToken)
    {
        using var result = await _embedding.RunAsync(_embeddingStep, cancellationToken).ConfigureAwait(false);
        result[0].AsSpan<float>()[..Width].CopyTo(vector.Span);
    }

    // As the embedding was trained: decibels over ten, moved up by two.
    private static void Adapt(ReadOnlySpan<float> decibels, Span<float> frames)
    {
        for (var i = 0; i < decibels.Length; i++) frames[i] = (decibels[i] / 10) + 2;
    }

    private static ModelStep StepOf(IModelLease lease, ModelValue input)
        => new() { Inputs = [new NamedValue(lease.Model.Inputs[0].Name, input)], Outputs = [lease.Model.Outputs[0].Name], MayRunOnCallingThread = true };
}
