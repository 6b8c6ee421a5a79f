using System.Collections.Concurrent;

namespace EdgeHost.Runtime.Scheduling;

internal sealed class LatencyModel : ILatencyModel
{
    private const double Smoothing = 0.2;

    private readonly ConcurrentDictionary<(string Model, string Device, long Bucket), double> _milliseconds = new();

    public TimeSpan? Estimate(string model, string device, long? shapeBucket)
        => _milliseconds.TryGetValue((model, device, shapeBucket ?? 0), out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public void Observe(string model, string device, long shapeBucket, TimeSpan runTime)
    {
        Smooth((model, device, shapeBucket), runTime.TotalMilliseconds);
        Smooth((model, device, 0), runTime.TotalMilliseconds);
    }

    private void Smooth((string Model, string Device, long Bucket) key, double milliseconds)
        => _milliseconds.AddOrUpdate(key, static (_, now) => now, static (_, old, now) => old + (Smoothing * (now - old)), milliseconds);
}
