namespace EdgeHost.Host.Methods;

/// <summary>When this host started. Made once, when it is put together. Thread-safe.</summary>
internal sealed class HostClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public TimeSpan Uptime => time.GetElapsedTime(_started);
}
