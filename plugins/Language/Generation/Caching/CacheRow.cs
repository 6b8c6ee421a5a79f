namespace EdgeHost.Plugins.Language.Generation.Caching;

/// <summary>What a model has read of one text: a row of a group. Immutable, but for its release; thread-safe.</summary>
internal sealed class CacheRow(CacheGroup group, int row, int start, int length) : IDisposable
{
    private int _isReleased;

    public CacheGroup Group => group;

    public int Row => row;

    /// <summary>Where it begins in its row.</summary>
    public int Start => start;

    /// <summary>How many tokens it has.</summary>
    public int Length => length;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0) group.Release();
    }
}
