using EdgeHost.Plugins.Health.Alerts;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Places a live signal in time.</summary>
/// <param name="OriginMs">The time at which the signal's own clock is 0, in milliseconds since 1970 (UTC).</param>
/// <param name="Source">What measures it; empty where nobody said.</param>
internal readonly record struct SignalClock(double OriginMs, string Source)
{
    private const long ToleranceMs = 60 * 60 * 1000;

    /// <summary>The clock of a signal.</summary>
    /// <param name="startTime">When its first sample was measured, or null: it begins now.</param>
    /// <param name="firstMs">The first sample on the signal's own clock.</param>
    /// <param name="source">What measures it.</param>
    /// <param name="clock">The device's clock.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it begins in the future.</exception>
    public static SignalClock Of(long? startTime, double firstMs, string? source, AlertClock clock)
    {
        var now = clock.Now.ToUnixTimeMilliseconds();
        if (startTime - now > ToleranceMs) throw new EdgeHostException(ErrorCode.InvalidArgument, "start_time lies in the future; give the milliseconds since 1970 (UTC) of the first sample, or leave it out.");
        return new SignalClock((startTime ?? now) - firstMs, source ?? "");
    }

    /// <summary>A time on the signal's own clock as milliseconds since 1970 (UTC).</summary>
    public long At(double signalMs) => (long)Math.Round(OriginMs + signalMs);
}
