using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EdgeHost.Runtime.Telemetry;

/// <summary>
/// The runtime's counters, histograms and spans, under the name <see cref="SourceName"/>. One instance a host; disposing it ends its
/// instruments. Thread-safe.
/// </summary>
public sealed class EdgeHostMeter : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string SourceName = "EdgeHost.Runtime";

    private readonly Meter _meter = new(SourceName);
    private readonly ActivitySource _activities = new(SourceName);
    private readonly Counter<long> _calls;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _callTime;
    private readonly Histogram<double> _queueTime;
    private readonly Histogram<double> _runTime;
    private readonly Histogram<double> _loadTime;
    private readonly Counter<long> _stepEvents;
    private readonly Histogram<int> _batchSize;
    private readonly UpDownCounter<long> _poolBytes;
    private readonly Counter<long> _loads;
    private readonly Counter<long> _failedLoads;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _leakedLeases;

    public EdgeHostMeter()
    {
        _calls = _meter.CreateCounter<long>("edgehost.calls", "{call}", "Finished calls by method.");
        _errors = _meter.CreateCounter<long>("edgehost.call.errors", "{call}", "Failed calls by method and error code.");
        _callTime = _meter.CreateHistogram<double>("edgehost.call.duration", "s", "From dispatch to the end of the handler.");
        _queueTime = _meter.CreateHistogram<double>("edgehost.step.queue_time", "s", "A step's wait for its device.");
        _runTime = _meter.CreateHistogram<double>("edgehost.step.run_time", "s", "A step's time on its device.");
        _stepEvents = _meter.CreateCounter<long>(
            "edgehost.step.events", "{step}", "Steps refused (full, hopeless), expired, preempted, cancelled, failed, over their limit or abandoned, by device and event.");
        _batchSize = _meter.CreateHistogram<int>("edgehost.step.batch_size", "{step}", "Steps of a run where steps were joined.");
        _loadTime = _meter.CreateHistogram<double>("edgehost.model.load_time", "s", "Time to load a model.");
        _poolBytes = _meter.CreateUpDownCounter<long>("edgehost.pool.bytes", "By", "Bytes charged to the pool's budget.");
        _loads = _meter.CreateCounter<long>("edgehost.model.loads", "{load}", "Loaded models.");
        _failedLoads = _meter.CreateCounter<long>("edgehost.model.failed_loads", "{load}", "Loads that failed, by error code.");
        _evictions = _meter.CreateCounter<long>("edgehost.model.evictions", "{eviction}", "Models that left the pool, by reason.");
        _leakedLeases = _meter.CreateCounter<long>("edgehost.lease.leaks", "{lease}", "Leases that a call did not dispose, by plugin.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        _activities.Dispose();
    }

    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    internal Activity? StartCall(string method, string? traceParent)
    {
        if (!_activities.HasListeners()) return null;
        return ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? _activities.StartActivity(method, ActivityKind.Server, parent)
            : _activities.StartActivity(method, ActivityKind.Server);
    }

    internal void CallEnded(string method, TimeSpan time, ErrorCode? error)
    {
        var tag = new KeyValuePair<string, object?>("method", method);
        _calls.Add(1, tag);
        if (_callTime.Enabled) _callTime.Record(time.TotalSeconds, tag);
        if (error is { } code) _errors.Add(1, tag, new KeyValuePair<string, object?>("code", code.ToWireName()));
    }

    internal void StepEnded(string device, CallPriority priority, TimeSpan queueTime, TimeSpan runTime)
    {
        if (!_queueTime.Enabled && !_runTime.Enabled) return;
        var tag = new KeyValuePair<string, object?>("device", device);
        _queueTime.Record(queueTime.TotalSeconds, tag, new KeyValuePair<string, object?>("priority", priority.ToString()));
        _runTime.Record(runTime.TotalSeconds, tag);
    }

    internal void StepEvent(string device, string name) => _stepEvents.Add(1, new("device", device), new("event", name));

    internal void StepsJoined(string device, int steps) => _batchSize.Record(steps, new KeyValuePair<string, object?>("device", device));

    internal void ModelLoaded(string model, TimeSpan time)
    {
        var tag = new KeyValuePair<string, object?>("model", model);
        _loads.Add(1, tag);
        _loadTime.Record(time.TotalSeconds, tag);
    }

    internal void ModelFailed(string model, ErrorCode code)
        => _failedLoads.Add(1, new("model", model), new("code", code.ToWireName()));

    internal void ModelEvicted(string model, string reason) => _evictions.Add(1, new("model", model), new("reason", reason));

    internal void PoolBytesChanged(long delta)
    {
        if (delta != 0) _poolBytes.Add(delta);
    }

    internal void LeaseLeaked(string plugin) => _leakedLeases.Add(1, new KeyValuePair<string, object?>("plugin", plugin));
}
