namespace EdgeHost.Plugins.Speech.Tests.Conversation;

/// <summary>A clock that goes when told.</summary>
internal sealed class StillClock : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

    public override long GetTimestamp() => Interlocked.Read(ref _now);
}
