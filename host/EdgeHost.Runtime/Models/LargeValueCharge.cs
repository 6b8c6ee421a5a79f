namespace EdgeHost.Runtime.Models;

/// <summary>
/// The bytes of one large value in the ledger. Travels with the value and is given back once: when the value is disposed, or, where its owner forgot that,
/// when the collector finds it.
/// </summary>
internal sealed class LargeValueCharge : IDisposable
{
    private readonly long _bytes;
    private ModelPool? _pool;

    public LargeValueCharge(ModelPool pool, long bytes)
    {
        _pool = pool;
        _bytes = bytes;
    }

#pragma warning disable MA0055 // The value's own memory is freed by a finalizer where its owner forgot it; the ledger must hear of it the same way.
    ~LargeValueCharge() => GiveBack();
#pragma warning restore MA0055

    public void Dispose()
    {
        GiveBack();
        GC.SuppressFinalize(this);
    }

    private void GiveBack() => Interlocked.Exchange(ref _pool, null)?.ReturnLargeValue(_bytes);
}
