using System.Collections.Concurrent;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Run times by model as the test says; learns nothing.</summary>
internal sealed class KnownLatencies : ILatencyModel
{
    private readonly ConcurrentDictionary<string, TimeSpan> _times = new(StringComparer.Ordinal);

    public KnownLatencies Know(string model, double milliseconds)
    {
        _times[model] = TimeSpan.FromMilliseconds(milliseconds);
        return this;
    }

    public TimeSpan? Estimate(string model, string device, long? shapeBucket) => _times.TryGetValue(model, out var time) ? time : null;

    public void Observe(string model, string device, long shapeBucket, TimeSpan runTime)
    {
    }
}
