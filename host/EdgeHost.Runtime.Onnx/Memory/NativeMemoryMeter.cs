using EdgeHost.Runtime.Onnx.Native;

namespace EdgeHost.Runtime.Onnx.Memory;

/// <summary>
/// Measures what a load adds to the C library's heap. What runs and callers take meanwhile is known and taken out: the arenas of the sessions that
/// live already, and the values made for callers. Where the C library does not tell, the growth of resident memory stands in. Thread-safe.
/// </summary>
internal sealed class NativeMemoryMeter
{
    private readonly Lock _gate = new();
    private readonly HashSet<SessionArena> _arenas = [];
    private long _valueBytes;

    /// <summary>Bytes of values that callers hold.</summary>
    public long ValueBytes => Interlocked.Read(ref _valueBytes);

    /// <summary>Counts a value that was made (positive) or freed (negative).</summary>
    public void AddValue(long bytes) => Interlocked.Add(ref _valueBytes, bytes);

    /// <summary>Begins to watch an arena. After the load that made it, or its own bytes would be taken out.</summary>
    public void Add(SessionArena arena)
    {
        lock (_gate)
        {
            _arenas.Add(arena);
        }
    }

    public void Remove(SessionArena arena)
    {
        lock (_gate)
        {
            _arenas.Remove(arena);
        }
    }

    /// <summary>A reading to subtract from a later one.</summary>
    public long Read()
    {
        SessionArena[] arenas;
        lock (_gate)
        {
            arenas = [.. _arenas];
        }

        var known = ValueBytes;
        foreach (var arena in arenas)
        {
            known += arena.Read().TotalBytes;
        }

        return (NativeHeap.UsedBytes ?? ResidentMemory.Bytes) - known;
    }
}
