namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>Samples that wait to be read, in one array that grows to the longest wait and is used again. Not thread-safe.</summary>
internal sealed class SampleQueue
{
    private float[] _samples = [];
    private int _start;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Those that wait; valid until the next append.</summary>
    public ReadOnlySpan<float> Waiting => _samples.AsSpan(_start, Count);

    /// <summary>Makes room at the end.</summary>
    /// <param name="count">How many samples are written to what is returned, all of them.</param>
    public Span<float> Append(int count)
    {
        if (_start + Count + count > _samples.Length)
        {
            var target = Count + count <= _samples.Length ? _samples : new float[Math.Max(Count + count, 2 * _samples.Length)];
            _samples.AsSpan(_start, Count).CopyTo(target);
            (_samples, _start) = (target, 0);
        }

        Count += count;
        return _samples.AsSpan(_start + Count - count, count);
    }

    /// <summary>Takes samples from the beginning away.</summary>
    /// <param name="count">At most <see cref="Count"/>.</param>
    public void Drop(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count -= count;
        _start = Count == 0 ? 0 : _start + count;
    }

    /// <summary>Reads and takes away.</summary>
    /// <param name="samples">Takes as many as there are and fit.</param>
    /// <returns>How many.</returns>
    public int Read(Span<float> samples)
    {
        var count = Math.Min(samples.Length, Count);
        Waiting[..count].CopyTo(samples);
        Drop(count);
        return count;
    }
}
