using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeHost.Runtime.Persistence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// Run times by (model, device, shape bucket) and, as the model's typical step, by (model, device). Kept across restarts of the same host on the same machine;
/// figures from before a restart count like a few observations, so that new ones soon win. Bounded: what was not used longest is forgotten. Thread-safe.
/// </summary>
internal sealed class LatencyModel : ILatencyModel, IDisposable
{
    internal const int KeyLimit = 4096;
    internal const string FileName = "latencies.json";
    private const int FileLimit = 1 << 20;
    private const int TextLimit = 512;

    /// <summary>What was learned is at most this much older on disk than in memory.</summary>
    internal static readonly TimeSpan WriteDelay = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Model, string Device, long? Bucket), RunTimeEstimator> _estimators = new();
    private readonly StateFile _file;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _forgetting = new();
    private long _uses;
    private int _isDirty;
    private int _isDisposed;

    public LatencyModel(IOptions<EdgeHostRuntimeOptions> options, TimeProvider time, ILogger<LatencyModel> logger)
    {
        _logger = logger;
        _file = new StateFile(options.Value.StateFolder, FileName, FileLimit, logger);
        _timer = time.CreateTimer(static state => ((LatencyModel)state!).Write(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Read();
    }

    /// <summary>What figures depend on besides model and device: others than this machine's and this host's are not taken.</summary>
    internal static string Machine { get; } = string.Join(
        '|',
        Environment.MachineName,
        RuntimeInformation.OSArchitecture,
        Environment.ProcessorCount,
        Environment.Version,
        typeof(LatencyModel).Assembly.GetName().Version);

    internal int Count => _estimators.Count;

    public TimeSpan? Estimate(string model, string device, long? shapeBucket) => EstimateWithSpread(model, device, shapeBucket)?.Expected;

    public LatencyEstimate? EstimateWithSpread(string model, string device, long? shapeBucket)
    {
        if (shapeBucket is not null && _estimators.TryGetValue((model, device, shapeBucket), out var exact))
        {
            exact.LastUse = Interlocked.Increment(ref _uses);
            return exact.Estimate();
        }

        // Another shape says roughly how long this one may take, and nothing of how much that varies.
        return _estimators.TryGetValue((model, device, null), out var typical)
            ? typical.Estimate() is var estimate && shapeBucket is null ? estimate : new LatencyEstimate(estimate.Expected, estimate.Expected)
            : null;
    }

    public void Observe(string model, string device, long shapeBucket, TimeSpan runTime)
    {
        Observe((model, device, shapeBucket), runTime);
        Observe((model, device, null), runTime);
        if (Interlocked.Exchange(ref _isDirty, 1) == 0 && Volatile.Read(ref _isDisposed) == 0) _timer.Change(WriteDelay, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        _timer.Dispose();
        Write();
    }

    private void Observe((string Model, string Device, long? Bucket) key, TimeSpan runTime)
    {
        if (!_estimators.TryGetValue(key, out var estimator))
        {
            if (_estimators.Count >= KeyLimit) Forget();
            estimator = _estimators.GetOrAdd(key, static _ => new RunTimeEstimator());
        }

        estimator.LastUse = Interlocked.Increment(ref _uses);
        estimator.Observe(runTime);
    }

    /// <summary>Forgets the eighth that was not used longest.</summary>
    private void Forget()
    {
        lock (_forgetting)
        {
            if (_estimators.Count < KeyLimit) return;
            foreach (var (key, _) in _estimators.ToArray().OrderBy(pair => pair.Value.LastUse).Take(KeyLimit / 8))
            {
                _estimators.TryRemove(key, out _);
            }
        }
    }

    private void Read()
    {
        if (_file.TryRead() is not { } content) return;
        try
        {
            var file = JsonSerializer.Deserialize(content, LatencyJson.Default.LatencyFile);
            if (file is null || file.Machine != Machine) return;
            foreach (var record in file.Entries.Take(KeyLimit))
            {
                if (record.Model is not { Length: > 0 and <= TextLimit } || record.Device is not { Length: > 0 and <= TextLimit }) continue;
                if (RunTimeEstimator.TryRestore(record.LogMilliseconds, record.LogVariance) is not { } estimator) continue;
                estimator.LastUse = ++_uses;
                _estimators.TryAdd((record.Model, record.Device, record.Bucket), estimator);
            }
        }
        catch (JsonException e)
        {
            _logger.LogWarning("{File} is damaged ({Problem}); run times are learned afresh.", FileName, e.Message);
        }
    }

    private void Write()
    {
        if (Interlocked.Exchange(ref _isDirty, 0) == 0) return;
        var entries = new List<LatencyRecord>();
        foreach (var (key, estimator) in _estimators.ToArray().OrderBy(pair => pair.Value.LastUse))
        {
            var (mean, variance) = estimator.State;
            entries.Add(new LatencyRecord(key.Model, key.Device, key.Bucket, Math.Round(mean, 4), Math.Round(variance, 4)));
        }

        _file.TryWrite(JsonSerializer.SerializeToUtf8Bytes(new LatencyFile(Machine, entries), LatencyJson.Default.LatencyFile));
    }
}
