using System.Security.Cryptography;

namespace EdgeHost.Ipc.Idempotency;

/// <summary>
/// The calls with keys of all connections, and how they ended: bounded in entries for each app, in bytes and in age. Whoever has the most bytes makes room, so that
/// no app pushes out what a smaller one relies on. Thread-safe.
/// </summary>
internal sealed class IdempotencyStore(IpcOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Dictionary<CallKey, KeyedCall> _calls = [];
    private readonly LinkedList<CallKey> _kept = [];
    private readonly Dictionary<(string App, long UserId), AppShare> _shares = [];
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

            var share = MakeRoom(key);
            call = new KeyedCall(hash, time, options.ResumeGrace);
            call.Enter();
            _calls.Add(key, call);
            share.Calls++;
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
            if (!outcome.IsFinal) Forget(key);
            else if (outcome.Bytes <= options.IdempotencyBytes) Keep(key, outcome);
            else KeepThatItWasDone(key, call, outcome);

            call.Complete(outcome);
            while (_bytes > options.IdempotencyBytes) Drop(Largest());
        }
    }

    // What is too large for the store goes to those who wait for it now.
    private void KeepThatItWasDone(CallKey key, KeyedCall call, KeyedOutcome outcome)
    {
        var done = new KeyedOutcome(null, new EdgeHostException(ErrorCode.Aborted, $"The call was done before; its answer of {outcome.Bytes} bytes was too large to keep."), null);
        var kept = new KeyedCall(call.BodyHash, time, options.ResumeGrace);
        kept.Complete(done);
        _calls[key] = kept;
        Keep(key, done);
    }

    private void Keep(CallKey key, KeyedOutcome outcome)
    {
        var share = _shares[key.Owner];
        share.Kept.Enqueue(_kept.AddLast(key));
        share.Bytes += outcome.Bytes;
        _bytes += outcome.Bytes;
    }

    private void DropOld()
    {
        while (_kept.First is { } oldest && time.GetElapsedTime(_calls[oldest.Value].EndedAt) > options.IdempotencyTime) Drop(_shares[oldest.Value.Owner]);
    }

    // An app makes room among its own.
    private AppShare MakeRoom(CallKey key)
    {
        if (!_shares.TryGetValue(key.Owner, out var share)) _shares.Add(key.Owner, share = new AppShare());
        if (share.Calls < options.MaxIdempotencyKeys) return share;
        if (share.Kept.Count == 0)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{options.MaxIdempotencyKeys} calls with idempotency keys run for the app '{key.App}'; wait for answers.") { RetryAfter = RetryWhenFull };
        }

        Drop(share);
        _shares[key.Owner] = share; // Dropping its last call forgot it.
        return share;
    }

    private AppShare Largest() => _shares.Values.MaxBy(static share => share.Bytes)!;

    // The oldest outcome of an app.
    private void Drop(AppShare share)
    {
        var node = share.Kept.Dequeue();
        _kept.Remove(node);
        var bytes = _calls[node.Value].Outcome!.Bytes;
        share.Bytes -= bytes;
        _bytes -= bytes;
        Forget(node.Value);
    }

    private void Forget(CallKey key)
    {
        _calls.Remove(key);
        if (--_shares[key.Owner].Calls == 0) _shares.Remove(key.Owner);
    }
}
