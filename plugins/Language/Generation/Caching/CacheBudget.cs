namespace EdgeHost.Plugins.Language.Generation.Caching;

/// <summary>How many bytes the caches of all texts may take together, whatever model they are of. Thread-safe.</summary>
internal sealed class CacheBudget(GenerationOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<Action> _waiting = [];
    private long _taken;

    /// <summary>The most.</summary>
    public long Bytes => options.CacheBytes;

    /// <summary>What is taken now.</summary>
    public long Taken
    {
        get
        {
            lock (_gate) return _taken;
        }
    }

    /// <summary>Takes bytes, if there are so many.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="onFreed">Called, once, after bytes were given back, where there were not enough.</param>
    public bool TryTake(long bytes, Action onFreed)
    {
        lock (_gate)
        {
            if (_taken + bytes <= options.CacheBytes)
            {
                _taken += bytes;
                return true;
            }

            if (!_waiting.Contains(onFreed)) _waiting.Add(onFreed);
            return false;
        }
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(long bytes)
    {
        Action[] waiting;
        lock (_gate)
        {
            _taken -= bytes;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var wake in waiting) wake();
    }
}
