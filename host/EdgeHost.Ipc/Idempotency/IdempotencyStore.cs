using System.Security.Cryptography;

namespace EdgeHost.Ipc.Idempotency;

/// <summary>
/// The calls with keys of all connections, and how they ended: bounded in entries for each app, in bytes and in age. Thread-safe.
/// </summary>
internal sealed class IdempotencyStore(IpcOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Dictionary<CallKey, KeyedCall> _calls = [];
    private readonly LinkedList<CallKey> _kept = [];
    private long _bytes;

    /// <summary>Calls that run or whose outcome is kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>Finds the call of a key, or begins it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="body">The request body.</param>
    /// <param name="run">Runs the call, if it is the first; on the calling thread until its first wait. Never fails.</param>
    /// <returns>The call; the caller has entered it and waits for it next.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the key belongs to a call with another body;
    /// <see cref="ErrorCode.ResourceExhausted"/>: too many calls with keys run for this app.</exception>
    public KeyedCall Enter(CallKey key, ReadOnlySpan<byte> body, Func<KeyedCall, Task<KeyedOutcome>> run)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        KeyedCall? call;
        lock (_gate)
        {
            DropOld();
            if (_calls.TryGetValue(key, out call))
            {
                if (!call.BodyHash.AsSpan().SequenceEqual(hash))
                {
                    throw new EdgeHostException(ErrorCode.InvalidArgument, $"The idempotency key '{key.Key}' belongs to a call of '{key.Method}' with another body; use a new key for a new call.");
                }

                call.Enter();
                return call;
            }

            MakeRoom(key);
            call = new KeyedCall(hash, time, options.ResumeGrace);
            call.Enter();
            _calls.Add(key, call);
        }

        _ = RunAsync(key, call, run);
        return call;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var call in _calls.Values)
            {
                if (call.Outcome is null) call.Abort();
                call.Dispose();
            }
        }
    }

    private async Task RunAsync(CallKey key, KeyedCall call, Func<KeyedCall, Task<KeyedOutcome>> run)
    {
        var outcome = await run(call).ConfigureAwait(false);
        lock (_gate)
        {
            // One that is too large for the store goes to those who wait, and what is kept says that it was done.
            if (outcome.IsFinal && outcome.Bytes <= options.IdempotencyBytes)
            {
                _kept.AddLast(key);
                _bytes += outcome.Bytes;
            }
            else
            {
                _calls.Remove(key);
                if (outcome.IsFinal) Keep(key, call, TooLarge(outcome));
            }

            call.Complete(outcome);
            while (_bytes > options.IdempotencyBytes && _kept.First is { } oldest) Drop(oldest);
        }
    }

    private void Keep(CallKey key, KeyedCall call, KeyedOutcome outcome)
    {
        var kept = new KeyedCall(call.BodyHash, time, options.ResumeGrace);
        kept.Complete(outcome);
        _calls.Add(key, kept);
        _kept.AddLast(key);
        _bytes += outcome.Bytes;
    }

    private static KeyedOutcome TooLarge(KeyedOutcome outcome)
        => new(null, new EdgeHostException(ErrorCode.Aborted, $"The call was done before; its answer of {outcome.Bytes} bytes was too large to keep."), null);

    private void DropOld()
    {
        while (_kept.First is { } oldest && time.GetElapsedTime(_calls[oldest.Value].EndedAt) > options.IdempotencyTime) Drop(oldest);
    }

    // An app makes room among its own.
    private void MakeRoom(CallKey key)
    {
        if (_calls.Keys.Count(other => IsOfSameApp(other, key)) < options.MaxIdempotencyKeys) return;
        var oldest = _kept.First;
        while (oldest is not null && !IsOfSameApp(oldest.Value, key)) oldest = oldest.Next;
        if (oldest is null)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{options.MaxIdempotencyKeys} calls with idempotency keys run for the app '{key.App}'; wait for answers.") { RetryAfter = RetryWhenFull };
        }

        Drop(oldest);
    }

    private void Drop(LinkedListNode<CallKey> node)
    {
        _kept.Remove(node);
        if (_calls.Remove(node.Value, out var call)) _bytes -= call.Outcome!.Bytes;
    }

    private static bool IsOfSameApp(CallKey one, CallKey other) => one.UserId == other.UserId && one.App == other.App;
}
