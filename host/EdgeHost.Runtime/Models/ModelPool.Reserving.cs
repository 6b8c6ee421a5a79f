namespace EdgeHost.Runtime.Models;

/// <content>Memory for what is no model.</content>
internal sealed partial class ModelPool : IMemoryReservations
{
    /// <inheritdoc/>
    public long CapacityBytes
    {
        get
        {
            lock (_gate) return _ledger.ConfiguredBytes;
        }
    }

    /// <inheritdoc/>
    public IDisposable Reserve(string what, long bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var effects = default(PoolEffects);
        EdgeHostException? refusal = null;
        lock (_gate)
        {
            if (TryMakeRoom(bytes, $"to make room for {what}", ref effects)) _ledger.AddLargeValue(bytes);
            else refusal = OverBudget(string.Concat(char.ToUpperInvariant(what[0]).ToString(), what.AsSpan(1)), bytes, except: null);
        }

        CarryOut(effects);
        return refusal is null ? new LargeValueCharge(this, bytes) : throw refusal;
    }
}
