using EdgeHost.Runtime.Telemetry;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// The pool's account of bytes. Not thread-safe: guarded by the pool's lock. Used bytes are those of loading and resident models, of evicted ones that are
/// still leased, and of large values; leaving bytes belong to models that nobody uses and whose memory is being freed, and count as free for the next
/// load, which waits until they are.
/// </summary>
internal sealed class PoolLedger
{
    private readonly EdgeHostMeter _meter;
    private Lazy<long> _configured;
    private long? _effective;

    public PoolLedger(Lazy<long> configured, EdgeHostMeter meter)
    {
        _configured = configured;
        _meter = meter;
    }

    /// <summary>The budget as set, or half of the machine's memory.</summary>
    public long ConfiguredBytes => _configured.Value;

    /// <summary>The budget now: the configured one, or less while the machine is short of memory.</summary>
    public long EffectiveBytes
    {
        get => _effective ?? _configured.Value;
        set => _effective = value >= ConfiguredBytes ? null : value;
    }

    /// <summary>Sets another budget; what memory pressure left of the old one stays the bound until it has grown back.</summary>
    public void Configure(Lazy<long> configured)
    {
        _configured = configured;
        if (_effective >= configured.Value) _effective = null;
    }

    public long UsedBytes { get; private set; }

    public long LeavingBytes { get; private set; }

    /// <summary>The part of <see cref="UsedBytes"/> that is large values.</summary>
    public long LargeValueBytes { get; private set; }

    /// <summary>How far the use is above the budget, where growth of leased models or pressure made it so; 0 otherwise.</summary>
    public long ExcessBytes => Math.Max(0, UsedBytes - EffectiveBytes);

    /// <summary>Bytes that must go before this many more fit; at most 0 where they fit now.</summary>
    public long Missing(long bytes) => UsedBytes - (EffectiveBytes - bytes);

    /// <summary>Sets what an entry's session takes.</summary>
    public void SetSession(ModelEntry entry, long bytes)
    {
        Change(entry, bytes - entry.SessionBytes);
        entry.SessionBytes = bytes;
    }

    /// <summary>Adds to what an entry's side files take.</summary>
    public void AddFile(ModelEntry entry, long bytes)
    {
        Change(entry, bytes);
        entry.FileBytes += bytes;
    }

    public void AddLargeValue(long bytes)
    {
        LargeValueBytes += bytes;
        UsedBytes += bytes;
        _meter.PoolBytesChanged(bytes);
    }

    /// <summary>From here on the entry's bytes count as free, unless nobody can tell when they will be.</summary>
    public void StartLeaving(ModelEntry entry)
    {
        entry.IsLeaving = true;
        if (entry.IsStuck) return;
        entry.CountsAsFree = true;
        UsedBytes -= entry.Bytes;
        LeavingBytes += entry.Bytes;
    }

    /// <summary>A leaving entry's memory will not be free soon after all: it counts as used again, above the budget if need be.</summary>
    public void StopLeaving(ModelEntry entry)
    {
        if (!entry.CountsAsFree) return;
        entry.CountsAsFree = false;
        LeavingBytes -= entry.Bytes;
        UsedBytes += entry.Bytes;
    }

    /// <summary>The entry's memory is free.</summary>
    public void Close(ModelEntry entry)
    {
        SetSession(entry, 0);
        AddFile(entry, -entry.FileBytes);
    }

    private void Change(ModelEntry entry, long bytes)
    {
        if (entry.CountsAsFree) LeavingBytes += bytes;
        else UsedBytes += bytes;
        _meter.PoolBytesChanged(bytes);
    }
}
