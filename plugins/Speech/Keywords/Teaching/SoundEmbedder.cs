using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>Turns whole sounds into vectors. Thread-safe.</summary>
/// <param name="models">Where the models come from.</param>
/// <param name="lead">How many vectors of silence are put before.</param>
internal sealed class SoundEmbedder(IModelProvider models, int lead)
{
    /// <summary>Turns a sound into vectors.</summary>
    /// <param name="samples">16,000 a second; what is less than a hop at the end is left out.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>96 numbers for each hop, those of silence before.</returns>
    /// <exception cref="EdgeHostException">As the models say.</exception>
    public async ValueTask<float[]> EmbedAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        using var features = await KeywordFeatures.CreateAsync(models, cancellationToken).ConfigureAwait(false);
        var vectors = new float[(lead + (samples.Length / KeywordFeatures.HopSamples)) * KeywordFeatures.Width];
        for (var i = 0; i < lead; i++) features.Silence.CopyTo(vectors.AsSpan(i * KeywordFeatures.Width));
        for (var hop = 0; hop < samples.Length / KeywordFeatures.HopSamples; hop++)
        {
            var vector = vectors.AsMemory((lead + hop) * KeywordFeatures.Width, KeywordFeatures.Width);
            await features.HearAsync(samples.Slice(hop * KeywordFeatures.HopSamples, KeywordFeatures.HopSamples), vector, cancellationToken).ConfigureAwait(false);
        }

        return vectors;
    }

    /// <summary>Turns a take into vectors.</summary>
    /// <param name="take">It.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As the models say.</exception>
    public async ValueTask<TaughtSound> EmbedAsync(TaughtRecording take, CancellationToken cancellationToken)
    {
        var half = take.WordStart + ((take.WordEnd - take.WordStart) / 2);
        return new TaughtSound(
            await EmbedAsync(take.Samples, cancellationToken).ConfigureAwait(false), lead, take.WordEnd / KeywordFeatures.HopSamples, (half / KeywordFeatures.HopSamples) - 1);
    }
}
