using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>
/// Adds up the files of a pull and never goes backwards. It speaks when the phase changes, after 50 ms, or after a hundredth of the
/// bytes, whichever comes first. Thread-safe.
/// </summary>
internal sealed class PullReporter(ModelManifest manifest, IReadOnlyList<ModelFile> files, IProgress<PullProgress>? progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, long> _done = new(StringComparer.Ordinal);
    private readonly long _total = files.Sum(file => file.Bytes);
    private readonly Lock _gate = new();
    private (PullPhase Phase, string? File) _last = (PullPhase.Checking, null);
    private long _lastReport;
    private long _lastDone;

    /// <summary>Announces what is being done.</summary>
    public void Enter(PullPhase phase, string? file) => Report(phase, file, null, always: true);

    /// <summary>Says how much of a file is here.</summary>
    public void Advance(ModelFile file, long bytes, PullPhase phase)
    {
        lock (_gate)
        {
            _done[file.Sha256] = Math.Max(bytes, _done.GetValueOrDefault(file.Sha256));
        }

        Report(phase, file.Name, null, always: false);
    }

    /// <summary>Says that a file is installed.</summary>
    public void Done(ModelFile file) => Advance(file, file.Bytes, _last.Phase);

    /// <summary>Says how much of a package was received.</summary>
    public void Received(string package, long bytes) => Report(PullPhase.Downloading, package, bytes, always: true);

    private void Report(PullPhase phase, string? file, long? packageBytes, bool always)
    {
        if (progress is null) return;
        lock (_gate)
        {
            // Two names may share one blob; each counts, as in the total.
            var done = files.Sum(item => Math.Min(item.Bytes, _done.GetValueOrDefault(item.Sha256)));
            var isDue = always || _last != (phase, file) || done - _lastDone > _total / 100 || time.GetElapsedTime(_lastReport) >= Interval;
            if (!isDue) return;
            _last = (phase, file);
            _lastReport = time.GetTimestamp();
            _lastDone = done;

            // Under the lock, or two reports could be heard in the wrong order.
            progress.Report(new PullProgress(manifest.Id, manifest.Version, phase, file, done, _total, packageBytes));
        }
    }
}
