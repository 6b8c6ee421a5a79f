namespace EdgeHost.ModelStore.Blobs;

/// <summary>The store's locks, each between tasks of this process and between processes. Waits are bounded.</summary>
internal sealed class StoreLocks(string modelsFolder, TimeSpan timeout, TimeProvider time)
{
    private readonly string _folder = Path.Combine(modelsFolder, "locks");
    private readonly KeyedGate _gate = new();

    public void Create() => Directory.CreateDirectory(_folder);

    /// <summary>Keeps the whole store from being cleaned while something is pulled.</summary>
    public async Task<IDisposable> EnterPullAsync(Action onWait, CancellationToken cancellationToken)
        => await FileLock.AcquireAsync(StorePath, shared: true, timeout, time, onWait, cancellationToken).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.Unavailable, "The model store is being cleaned for longer than expected; try again later.");

    /// <summary>Keeps pulls out while something is removed. Does not wait long: a pull may take many minutes.</summary>
    public async Task<IDisposable> EnterCleaningAsync(CancellationToken cancellationToken)
    {
        var patience = timeout < TimeSpan.FromSeconds(5) ? timeout : TimeSpan.FromSeconds(5);
        return await FileLock.AcquireAsync(StorePath, shared: false, patience, time, null, cancellationToken).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.Aborted, "A model is being pulled right now; remove and prune wait until that is done. Try again afterwards.");
    }

    /// <summary>Holds one piece of work, a blob or a package, alone.</summary>
    public async Task<IDisposable> EnterAsync(string key, string what, Action onWait, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        IDisposable? inProcess = null;
        try
        {
            inProcess = await _gate.EnterAsync(key, both.Token).ConfigureAwait(false);
            var file = await FileLock.AcquireAsync(Path.Combine(_folder, key + ".lock"), shared: false, timeout, time, onWait, both.Token)
                .ConfigureAwait(false) ?? throw TookTooLong(what);
            return new Pair(file, inProcess);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            inProcess?.Dispose();
            throw TookTooLong(what);
        }
        catch
        {
            inProcess?.Dispose();
            throw;
        }
    }

    private string StorePath => Path.Combine(_folder, "store.lock");

    private EdgeHostException TookTooLong(string what)
        => new(ErrorCode.Unavailable, $"Another pull has been working on {what} for more than {timeout}; try again later.");

    private sealed class Pair(FileLock file, IDisposable inProcess) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            inProcess.Dispose();
        }
    }
}
