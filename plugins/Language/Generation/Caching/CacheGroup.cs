using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Caching;

/// <summary>The caches of several rows as a step takes and gives them: for each layer's keys and values one tensor [rows, heads, total, width]. Shared by its rows; freed with the last of them. Rows may be taken and released by any thread; what is in the tensors does not change once a row was taken.</summary>
internal sealed class CacheGroup(ModelValue[] values, int rows, int total)
{
    private int _users;

    /// <summary>The tensors, in the order of the graph's inputs.</summary>
    public ModelValue[] Values => values;

    /// <summary>Rows.</summary>
    public int Rows => rows;

    /// <summary>Tokens of a row, with what fills it up.</summary>
    public int Total => total;

    /// <summary>A row of it; to be released.</summary>
    /// <param name="row">Which.</param>
    /// <param name="start">Where what is known of it begins.</param>
    /// <param name="length">How many tokens are known.</param>
    public CacheRow Take(int row, int start, int length)
    {
        Interlocked.Increment(ref _users);
        return new CacheRow(this, row, start, length);
    }

    /// <summary>Frees it if nobody took a row, or the last has released it.</summary>
    public void FreeIfUnused()
    {
        if (Volatile.Read(ref _users) == 0) Free();
    }

    internal void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0) Free();
    }

    private void Free()
    {
        foreach (var value in values) value.Dispose();
    }
}
