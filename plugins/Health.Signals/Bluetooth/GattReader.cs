using System.Buffers.Binary;

namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>Reads the fields of a characteristic's value one after the other; low bytes come first. Each member throws <see cref="ErrorCode.InvalidArgument"/> where the value ends too early.</summary>
/// <param name="value">The value.</param>
/// <param name="characteristic">What it is of, for messages.</param>
internal ref struct GattReader(ReadOnlySpan<byte> value, GattCharacteristic characteristic)
{
    // A year of 0, or a month or day of 0, is "not known" (GATT Specification Supplement, 3.70 Date Time).
    private const int FirstYear = 1582;
    private const int LastYear = 9999;

    private readonly ReadOnlySpan<byte> _value = value;
    private int _at;

    /// <summary>Bytes that are not read yet.</summary>
    public readonly int Left => _value.Length - _at;

    public byte Byte() => Take(1)[0];

    public ushort Word() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public short SignedWord() => BinaryPrimitives.ReadInt16LittleEndian(Take(2));

    /// <summary>A SFLOAT, times a power of ten.</summary>
    public double Short(int scale = 0) => Ieee11073.FromShort(Word(), scale);

    public double Long() => Ieee11073.FromLong(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));

    public void Skip(int bytes) => Take(bytes);

    /// <summary>The time of the device's clock, of which nobody knows the zone, or null where the device does not know it.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is no such time.</exception>
    public DateTime? Time()
    {
        var (year, month, day, hour, minute, second) = (Word(), Byte(), Byte(), Byte(), Byte(), Byte());
        if (year == 0 || month == 0 || day == 0) return null;
        Require.That(
            year is >= FirstYear and <= LastYear && month <= 12 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60,
            $"The value of {characteristic} has the time {year}-{month}-{day} {hour}:{minute}:{second}, which does not exist.");
        return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
    }

    /// <summary>Checks that everything was read.</summary>
    /// <param name="hasUnknownFields">Whether flags are set that a later version of the specification has given a meaning: its fields are passed over.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is more than the flags say.</exception>
    public readonly void End(bool hasUnknownFields)
        => Require.That(hasUnknownFields || Left == 0, $"The value of {characteristic} has {_value.Length} bytes; its flags say {_at}.");

    private ReadOnlySpan<byte> Take(int bytes)
    {
        Require.That(Left >= bytes, $"The value of {characteristic} has {_value.Length} bytes, which is less than its flags say.");
        _at += bytes;
        return _value.Slice(_at - bytes, bytes);
    }
}
