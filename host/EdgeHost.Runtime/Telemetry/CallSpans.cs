using System.Diagnostics;

namespace EdgeHost.Runtime.Telemetry;

/// <summary>
/// The parts of a call as child spans of its own: loading a model, waiting for a device, running on it. Made after the fact from measured times, so that
/// they agree with what <c>$/info</c> says. Only calls that somebody traces have one of these. Thread-safe.
/// </summary>
internal sealed class CallSpans(Activity call, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>A model was loaded for the call, ending now.</summary>
    public void Load(TimeSpan took)
    {
        if (took > TimeSpan.Zero) Add("edgehost.load", Now() - took, took)?.Stop();
    }

    /// <summary>A step of the call ended now: its wait and its run.</summary>
    public void Step(string device, string why, TimeSpan queueTime, TimeSpan runTime, int batch)
    {
        var ran = Now() - runTime;
        using (var queue = Add("edgehost.queue", ran - queueTime, queueTime))
        {
            queue?.SetTag("edgehost.device", device);
        }

        using var run = Add("edgehost.run", ran, runTime);
        run?.SetTag("edgehost.device", device);
        run?.SetTag("edgehost.why", why);
        run?.SetTag("edgehost.batch", batch);
    }

    private Activity? Add(string name, DateTime start, TimeSpan took)
    {
        var span = call.Source.StartActivity(name, ActivityKind.Internal, call.Context, startTime: new DateTimeOffset(start, TimeSpan.Zero));
        span?.SetEndTime(start + took);
        return span;
    }

    private DateTime Now() => call.StartTimeUtc + time.GetElapsedTime(_started);
}
