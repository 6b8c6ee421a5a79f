using System.Buffers.Binary;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>How far a rule is with a person: kept in the database, so that it goes on after a restart. Immutable.</summary>
internal readonly record struct AlertState
{
    private const int FirstForm = 17;
    private const int Form = 43;

    /// <summary>The newest value that was looked at, in milliseconds since 1970 (UTC); older ones that come late do not change the past.</summary>
    public long LastTime { get; init; }

    /// <summary>Since when values are beyond the limit, or null.</summary>
    public long? Since { get; init; }

    /// <summary>Since when values are back while the alert is raised, or null.</summary>
    public long? ClearSince { get; init; }

    /// <summary>Whether the alert is raised.</summary>
    public bool IsRaised { get; init; }

    /// <summary>The number of its first entry; 0 where none is known.</summary>
    public long Episode { get; init; }

    /// <summary>How often it was said.</summary>
    public int Level { get; init; }

    /// <summary>When it was said last, in milliseconds since 1970 (UTC).</summary>
    public long SaidAt { get; init; }

    /// <summary>Whether a person has seen it.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>Whether it waits for the end of quiet hours or of a snooze to be said.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Before the first value.</summary>
    public static AlertState Start { get; } = new() { LastTime = long.MinValue };

    /// <summary>Takes the next value.</summary>
    public (AlertState Next, AlertStep Step) Take(AlertRule rule, long time, double value)
    {
        if (time <= LastTime) return (this, AlertStep.None);
        if (IsRaised)
        {
            if (!rule.IsClear(value)) return (this with { LastTime = time, ClearSince = null }, AlertStep.None);
            var since = ClearSince ?? time;
            return time - since >= rule.ClearAfter.TotalMilliseconds ? (Over(time), AlertStep.Clears) : (this with { LastTime = time, ClearSince = since }, AlertStep.None);
        }

        if (!rule.IsBeyond(value)) return (Over(time), AlertStep.None);
        var begun = Since is { } before && time - LastTime <= rule.MostGap.TotalMilliseconds ? before : time;
        var raises = time - begun >= rule.Persistence.TotalMilliseconds;
        return (Over(time) with { Since = begun, IsRaised = raises }, raises ? AlertStep.Raises : AlertStep.None);
    }

    /// <summary>Whether it is raised and its newest value is too old to stand for what is at a time.</summary>
    public bool IsStale(AlertRule rule, long time) => IsRaised && time - LastTime > rule.StaleAfter.TotalMilliseconds;

    /// <summary>Not raised, with nothing beyond the limit, after a value.</summary>
    public static AlertState Over(long time) => new() { LastTime = time };

    /// <summary>The state as bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Form];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, LastTime);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Since ?? long.MinValue);
        bytes[16] = (byte)((IsRaised ? 1 : 0) | (IsAcknowledged ? 2 : 0) | (IsHeld ? 4 : 0));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(17), ClearSince ?? long.MinValue);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(25), Episode);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(33), SaidAt);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(41), (short)Level);
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> has written, also before alerts had episodes.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a newer host has written it.</exception>
    public static AlertState FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (FirstForm or Form)) throw new EdgeHostException(ErrorCode.FailedPrecondition, "The state of an alert is in a form that a newer host has made. Use the newer host.");
        var state = new AlertState
        {
            LastTime = BinaryPrimitives.ReadInt64LittleEndian(bytes),
            Since = Optional(bytes[8..]),
            IsRaised = (bytes[16] & 1) != 0,
            IsAcknowledged = (bytes[16] & 2) != 0,
            IsHeld = (bytes[16] & 4) != 0,
        };
        if (bytes.Length == FirstForm) return state with { IsAcknowledged = state.IsRaised };
        return state with
        {
            ClearSince = Optional(bytes[17..]),
            Episode = BinaryPrimitives.ReadInt64LittleEndian(bytes[25..]),
            SaidAt = BinaryPrimitives.ReadInt64LittleEndian(bytes[33..]),
            Level = BinaryPrimitives.ReadInt16LittleEndian(bytes[41..]),
        };
    }

    private static long? Optional(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes) is var value && value == long.MinValue ? null : value;
}
