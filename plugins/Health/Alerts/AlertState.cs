using System.Buffers.Binary;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>How far a rule is with a person: kept in the database, so that it goes on after a restart. Immutable.</summary>
/// <param name="LastTime">The newest sample that was looked at, in milliseconds since 1970 (UTC); older ones that come late do not change the past.</param>
/// <param name="Since">Since when values are beyond the limit, or null.</param>
/// <param name="IsRaised">Whether the alert was raised for this stretch.</param>
internal readonly record struct AlertState(long LastTime, long? Since, bool IsRaised)
{
    // Between two samples further apart nobody knows what was: what has not lasted yet begins anew.
    private const long MostGapMs = 30 * 60 * 1000;

    /// <summary>Before the first sample.</summary>
    public static AlertState Start { get; } = new(long.MinValue, null, false);

    /// <summary>Takes the next sample.</summary>
    /// <returns>The state after it, and whether the alert is raised by it.</returns>
    public (AlertState Next, bool Raises) Take(AlertRule rule, long time, double value)
    {
        if (time <= LastTime) return (this, false);
        if (IsRaised) return rule.IsClear(value) ? (new AlertState(time, null, false), false) : (this with { LastTime = time }, false);
        if (!rule.IsBeyond(value)) return (new AlertState(time, null, false), false);
        var since = Since is { } begun && time - LastTime <= MostGapMs ? begun : time;
        var raises = time - since >= rule.Persistence.TotalMilliseconds;
        return (new AlertState(time, since, raises), raises);
    }

    /// <summary>The state as bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[17];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, LastTime);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Since ?? long.MinValue);
        bytes[16] = IsRaised ? (byte)1 : (byte)0;
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> has written.</summary>
    public static AlertState FromBytes(ReadOnlySpan<byte> bytes)
    {
        var since = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        return new AlertState(BinaryPrimitives.ReadInt64LittleEndian(bytes), since == long.MinValue ? null : since, bytes[16] != 0);
    }
}
