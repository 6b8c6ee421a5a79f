using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>Adds up the files of a pull, never goes backwards, and speaks at most every 50 ms except when the phase changes. Thread-safe.</summary>
internal sealed class PullReporter(ModelManifest manifest, IReadOnlyList<ModelFile> files, IProgress<PullProgress>? progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, long> _done = new(StringComparer.Ordinal);
    private readonly long _total = files.Sum(file => file.Bytes);
    private readonly Lock _gate = new();
    private (PullPhase Phase, string? File) _last = (PullPhase.Checking, null);
    private long _lastReport;

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
            var changed = _last != (phase, file);
            if (!always && !changed && time.GetElapsedTime(_lastReport) < Interval) return;
            _last = (phase, file);
            _lastReport = time.GetTimestamp();

            // Two names may share one blob; each counts, as in the total.
            var done = files.Sum(item => Math.Min(item.Bytes, _done.GetValueOrDefault(item.Sha256)));
            progress.Report(new PullProgress(manifest.Id, manifest.Version, phase, file, done, _total, packageBytes));
        }
    }
}
