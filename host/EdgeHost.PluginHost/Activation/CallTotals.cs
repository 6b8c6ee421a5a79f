namespace EdgeHost.PluginHost.Activation;

/// <summary>What a plugin's calls came to, over all its versions. Thread-safe.</summary>
internal sealed class CallTotals
{
    private long _calls;
    private long _failed;
    private long _leakedLeases;
    private long _ticks;

    public long Calls => Interlocked.Read(ref _calls);

    public long Failed => Interlocked.Read(ref _failed);

    public long LeakedLeases => Interlocked.Read(ref _leakedLeases);

    public TimeSpan Time => new(Interlocked.Read(ref _ticks));

    public void Count(TimeSpan time)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _ticks, time.Ticks);
    }

    public void CountFailure() => Interlocked.Increment(ref _failed);

    public void CountLeakedLeases(int leases) => Interlocked.Add(ref _leakedLeases, leases);
}
