namespace EdgeHost.Host.Configuration;

/// <summary>
/// Wakes a watch soon after something happened in the folders of its files. Only a hint: the system may lose events, or have no watch left to give, and
/// then the watch's own interval finds the change a little later.
/// </summary>
internal sealed class FileNudges : IDisposable
{
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly SemaphoreSlim _nudge = new(0, 1);

    public FileNudges(IEnumerable<string> files)
    {
        foreach (var folder in files.Select(Path.GetDirectoryName).OfType<string>().Distinct(StringComparer.Ordinal)) TryWatch(folder);
    }

    /// <summary>Waits for the next event, or for so long.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var nudged = _nudge.WaitAsync(limit.Token);
        await Task.WhenAny(nudged, Task.Delay(atMost, time, limit.Token)).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
        await nudged.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
        _nudge.Dispose();
    }

    private void TryWatch(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            _watchers.Add(watcher);
            watcher.Changed += Nudge;
            watcher.Created += Nudge;
            watcher.Deleted += Nudge;
            watcher.Renamed += Nudge;
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // No such folder yet, or no watch to be had: the interval is enough.
        }
    }

    private void Nudge(object sender, FileSystemEventArgs e)
    {
        try
        {
            if (_nudge.CurrentCount == 0) _nudge.Release();
        }
        catch (Exception late) when (late is SemaphoreFullException or ObjectDisposedException)
        {
            // Two events at once, or one behind the end: the first is enough.
        }
    }
}
