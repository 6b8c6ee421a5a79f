using EdgeHost.Protocol;

namespace EdgeHost.Client.Calls;

/// <summary>
/// The calls in flight, by message id: the slot's number in the low half, how often it was used in the high half, so that a late response
/// never meets a newer call. A cancelled call keeps its slot until the host has answered it. Thread-safe.
/// </summary>
internal sealed class CallTable
{
    private const int IndexBits = 16;

    private readonly Lock _gate = new();
    private readonly List<Slot> _slots = [];
    private readonly Stack<int> _free = new();
    private EdgeHostException? _closed;

    /// <summary>Calls that hold a slot.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _slots.Count - _free.Count;
            }
        }
    }

    /// <summary>Gives a call its id.</summary>
    /// <exception cref="EdgeHostException">The table was closed, with the reason given then; the call has not begun.</exception>
    public uint Add(PendingCall call)
    {
        lock (_gate)
        {
            if (_closed is not null) throw ErrorDetails.NotBegun(_closed.Message);
            if (!_free.TryPop(out var index))
            {
                index = _slots.Count;
                _slots.Add(default);
            }

            var generation = (ushort)(_slots[index].Generation + 1);
            _slots[index] = new Slot(generation, call, IsUsed: true);
            return ((uint)generation << IndexBits) | (uint)index;
        }
    }

    /// <summary>The call of an id, or null if it is unknown or was abandoned.</summary>
    public PendingCall? Find(uint id)
    {
        lock (_gate)
        {
            return TryFind(id, out var index) ? _slots[index].Call : null;
        }
    }

    /// <summary>Takes a call out and frees its slot.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="call">The call, for the caller to complete; null if it was abandoned.</param>
    /// <returns>Whether a slot became free.</returns>
    public bool TryTake(uint id, out PendingCall? call)
    {
        lock (_gate)
        {
            call = null;
            if (!TryFind(id, out var index)) return false;
            call = _slots[index].Call;
            _slots[index] = _slots[index] with { Call = null, IsUsed = false };
            _free.Push(index);
            return true;
        }
    }

    /// <summary>Takes a call out but keeps its slot until the host answers.</summary>
    /// <returns>Whether the call was there; the caller then completes it.</returns>
    public bool TryAbandon(uint id, PendingCall call)
    {
        lock (_gate)
        {
            if (!TryFind(id, out var index) || !ReferenceEquals(_slots[index].Call, call)) return false;
            _slots[index] = _slots[index] with { Call = null };
            return true;
        }
    }

    /// <summary>Closes the table for good.</summary>
    /// <param name="error">What adding a call will throw.</param>
    /// <param name="freed">How many slots became free.</param>
    /// <returns>The calls that were in flight, for the caller to fail; empty the second time.</returns>
    public List<PendingCall> Close(EdgeHostException error, out int freed)
    {
        var calls = new List<PendingCall>();
        lock (_gate)
        {
            _closed ??= error;
            freed = _slots.Count - _free.Count;
            for (var index = 0; index < _slots.Count; index++)
            {
                if (!_slots[index].IsUsed) continue;
                if (_slots[index].Call is { } call) calls.Add(call);
                _slots[index] = _slots[index] with { Call = null, IsUsed = false };
                _free.Push(index);
            }
        }

        return calls;
    }

    /// <summary>The same error as a new exception: one exception object must not be thrown by several calls.</summary>
    public static EdgeHostException Again(EdgeHostException error)
        => new(error.Code, error.Message) { RetryAfter = error.RetryAfter, Details = error.Details };

    private bool TryFind(uint id, out int index)
    {
        index = (int)(id & ((1u << IndexBits) - 1));
        return index < _slots.Count && _slots[index].IsUsed && _slots[index].Generation == id >> IndexBits;
    }

    private readonly record struct Slot(ushort Generation, PendingCall? Call, bool IsUsed);
}
