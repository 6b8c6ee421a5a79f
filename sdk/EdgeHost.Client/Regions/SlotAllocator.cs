namespace EdgeHost.Client.Regions;

/// <summary>
/// Hands out parts of a region: the first gap that is large enough, so that one call after another gets the same warm memory. For one thread at a time.
/// </summary>
/// <param name="bytes">The size of the region.</param>
internal sealed class SlotAllocator(int bytes)
{
    /// <summary>Slots begin at multiples of this: no two calls share a page.</summary>
    public const int Granularity = 4096;

    private readonly List<Gap> _gaps = [new Gap(0, bytes)];

    /// <summary>Bytes that nobody has.</summary>
    public long FreeBytes => _gaps.Sum(static gap => (long)gap.Length);

    /// <summary>Takes a slot.</summary>
    /// <param name="length">How many bytes; at least one.</param>
    /// <param name="offset">Where it begins.</param>
    /// <returns>Whether there was a gap for it.</returns>
    public bool TryTake(int length, out int offset)
    {
        var taken = Rounded(length);
        for (var i = 0; i < _gaps.Count; i++)
        {
            var gap = _gaps[i];
            if (gap.Length < taken) continue;
            offset = gap.Offset;
            if (gap.Length == taken) _gaps.RemoveAt(i);
            else _gaps[i] = new Gap(gap.Offset + (int)taken, gap.Length - (int)taken);
            return true;
        }

        offset = 0;
        return false;
    }

    /// <summary>Gives a slot back, once.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">The length it was taken with.</param>
    public void Give(int offset, int length)
    {
        var end = offset + (int)Rounded(length);
        var next = 0;
        while (next < _gaps.Count && _gaps[next].Offset < offset)
        {
            next++;
        }

        if (next < _gaps.Count && _gaps[next].Offset == end)
        {
            end += _gaps[next].Length;
            _gaps.RemoveAt(next);
        }

        if (next > 0 && _gaps[next - 1].Offset + _gaps[next - 1].Length == offset)
        {
            offset = _gaps[--next].Offset;
            _gaps.RemoveAt(next);
        }

        _gaps.Insert(next, new Gap(offset, end - offset));
    }

    private static long Rounded(int length) => (length + Granularity - 1L) / Granularity * Granularity;

    private readonly record struct Gap(int Offset, int Length);
}
