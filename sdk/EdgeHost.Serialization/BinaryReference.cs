using System.Buffers.Binary;

namespace EdgeHost.Serialization;

/// <summary>
/// A place in a shared-memory region, which may stand in a request wherever binary data is expected: extension type 1 with 16 bytes, big-endian:
/// region (unsigned, 32 bits), offset (unsigned, 64 bits), length (unsigned, 32 bits). Immutable; compares by value.
/// </summary>
/// <param name="Region">The region's id.</param>
/// <param name="Offset">Where the bytes begin, counted from the start of the region.</param>
/// <param name="Length">How many there are.</param>
public readonly record struct BinaryReference(uint Region, ulong Offset, uint Length)
{
    /// <summary>The MessagePack extension type.</summary>
    public const sbyte ExtensionType = 1;

    /// <summary>Bytes of its payload.</summary>
    public const int PayloadBytes = 16;

    /// <summary>Reads a payload.</summary>
    /// <param name="payload">The bytes of the extension value.</param>
    /// <param name="reference">The reference, unchecked.</param>
    /// <returns>Whether the payload has the right length.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out BinaryReference reference)
    {
        reference = default;
        if (payload.Length != PayloadBytes) return false;
        reference = new BinaryReference(
            BinaryPrimitives.ReadUInt32BigEndian(payload),
            BinaryPrimitives.ReadUInt64BigEndian(payload[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(payload[12..]));
        return true;
    }

    /// <summary>Writes the payload.</summary>
    /// <param name="payload">Where it goes; at least <see cref="PayloadBytes"/> long.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public void WriteTo(Span<byte> payload)
    {
        BinaryPrimitives.WriteUInt32BigEndian(payload, Region);
        BinaryPrimitives.WriteUInt64BigEndian(payload[4..], Offset);
        BinaryPrimitives.WriteUInt32BigEndian(payload[12..], Length);
    }
}
