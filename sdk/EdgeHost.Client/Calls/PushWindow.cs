namespace EdgeHost.Client.Calls;

/// <summary>
/// What may still be pushed to a call: items as far as there is credit, while less than the host's limit of bytes was pushed and not credited. Items are credited in
/// the order in which they were pushed. One thread pushes at a time; the rest is thread-safe.
/// </summary>
/// <param name="credit">Items that may be pushed at first.</param>
/// <param name="mostBytes">Nothing more is pushed once items of so many bytes have no credit yet.</param>
internal sealed class PushWindow(int credit, long mostBytes)
{
    private const int MostCredit = 1 << 20;
    private const int FirstLengths = 16;

    private readonly Lock _gate = new();
    private int _credit = credit;
    private long _bytes;
    private int[] _lengths = [];
    private int _first;
    private int _count;
    private TaskCompletionSource? _changed;
    private Exception? _closed;

    /// <summary>Takes the right to push an item, waiting for it.</summary>
    /// <param name="bytes">The item's length.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Exception">What <see cref="Close"/> was given.</exception>
    public async ValueTask TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_closed is not null) throw _closed;
                if (_credit > 0 && _bytes < mostBytes)
                {
                    _credit--;
                    Append(bytes);
                    return;
                }

                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the last right back: the item was not sent, so the host has not seen it.</summary>
    public void Return()
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _credit = Math.Min(_credit + 1, MostCredit);
            if (_count > 0) _bytes -= _lengths[(_first + --_count) % _lengths.Length];
            changed = TakeWaiter();
        }

        changed?.TrySetResult();
    }

    /// <summary>The host has taken items. Credit beyond a million no longer counts.</summary>
    public void Add(int items)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _credit = Math.Min(_credit + items, MostCredit);
            for (var left = Math.Min(items, _count); left > 0; left--)
            {
                _bytes -= _lengths[_first];
                _first = (_first + 1) % _lengths.Length;
                _count--;
            }

            changed = TakeWaiter();
        }

        changed?.TrySetResult();
    }

    /// <summary>Ends all waiting, now and later.</summary>
    /// <param name="reason">What is thrown to those who wait.</param>
    public void Close(Exception reason)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _closed ??= reason;
            changed = TakeWaiter();
        }

        changed?.TrySetResult();
    }

    private void Append(int bytes)
    {
        if (_count == _lengths.Length)
        {
            var larger = new int[Math.Max(FirstLengths, _count * 2)];
            for (var i = 0; i < _count; i++) larger[i] = _lengths[(_first + i) % _count];
            (_lengths, _first) = (larger, 0);
        }

        _lengths[(_first + _count++) % _lengths.Length] = bytes;
        _bytes += bytes;
    }

    private TaskCompletionSource? TakeWaiter()
    {
        var changed = _changed;
        _changed = null;
        return changed;
    }
}
