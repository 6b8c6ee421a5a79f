namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>A sound at another sample rate, made as it is read.</summary>
/// <param name="source">The sound.</param>
/// <param name="sampleRate">Samples a second wanted.</param>
internal sealed class ResampledSource(ISampleSource source, int sampleRate) : ISampleSource
{
    private readonly Resampler _resampler = new(source.SampleRate, sampleRate);
    private readonly SampleQueue _ready = new();
    private readonly float[] _block = new float[4096];
    private bool _isAtEnd;

    public int SampleRate => sampleRate;

    public int Read(Span<float> samples)
    {
        while (_ready.Count == 0 && !_isAtEnd)
        {
            var count = source.Read(_block);
            _resampler.Push(_block.AsSpan(0, count), _ready);
            if (count > 0) continue;
            _isAtEnd = true;
            _resampler.Finish(_ready);
        }

        return _ready.Read(samples);
    }
}
