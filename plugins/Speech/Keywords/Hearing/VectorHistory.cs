namespace EdgeHost.Plugins.Speech.Keywords.Hearing;

/// <summary>The last vectors of a sound, the newest at the end, in one array that is moved up only when it is full. Not thread-safe.</summary>
/// <param name="window">How many are kept.</param>
internal sealed class VectorHistory(int window)
{
    private const int Slack = 64;
    private readonly float[] _vectors = new float[(window + Slack) * KeywordFeatures.Width];
    private int _end = window * KeywordFeatures.Width;

    /// <summary>How many are kept.</summary>
    public int Window => window;

    /// <summary>Begins with the same vector in all places.</summary>
    /// <param name="vector">96 numbers.</param>
    public void Fill(ReadOnlySpan<float> vector)
    {
        _end = window * KeywordFeatures.Width;
        for (var i = 0; i < window; i++) vector.CopyTo(_vectors.AsSpan(i * KeywordFeatures.Width));
    }

    /// <summary>Makes room for the next vector.</summary>
    /// <returns>Takes 96 numbers.</returns>
    public Memory<float> Append()
    {
        if (_end == _vectors.Length)
        {
            var kept = (window - 1) * KeywordFeatures.Width;
            _vectors.AsSpan(_end - kept).CopyTo(_vectors);
            _end = kept;
        }

        _end += KeywordFeatures.Width;
        return _vectors.AsMemory(_end - KeywordFeatures.Width, KeywordFeatures.Width);
    }

    /// <summary>The newest vectors; valid until the next is appended.</summary>
    /// <param name="count">How many, at most <see cref="Window"/>.</param>
    public ReadOnlyMemory<float> Newest(int count) => _vectors.AsMemory(_end - (count * KeywordFeatures.Width), count * KeywordFeatures.Width);
}
