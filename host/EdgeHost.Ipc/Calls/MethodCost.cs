using System.Diagnostics;

namespace EdgeHost.Ipc.Calls;

/// <summary>
/// How long calls of a method keep the thread that begins them. Short ones run on the thread that read them, which saves two wake-ups. Thread-safe;
/// figures of calls at the same time may overwrite one another, which does no harm.
/// </summary>
internal sealed class MethodCost
{
    /// <summary>About what handing a call to another thread costs.</summary>
    private static readonly long ShortTicks = Stopwatch.Frequency / 1_000_000 * 100;

    private static readonly long LongTicks = Stopwatch.Frequency / 100;

    private long _averageTicks;

    /// <summary>Whether it is short, as far as is known; what is not known is.</summary>
    public bool IsShort => Volatile.Read(ref _averageTicks) < ShortTicks;

    /// <summary>Counts one call.</summary>
    /// <param name="ticks">Of <see cref="Stopwatch"/>, from the call's begin until its thread was free again.</param>
    public void Add(long ticks)
    {
        var average = Volatile.Read(ref _averageTicks);
        Volatile.Write(ref _averageTicks, average + ((Math.Min(ticks, LongTicks) - average) / 8));
    }

    /// <summary>Says that a call is taking long at this moment.</summary>
    public void MarkLong() => Volatile.Write(ref _averageTicks, LongTicks);
}
