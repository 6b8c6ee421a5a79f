using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Capabilities.Health;

/// <summary>
/// The bytes of a characteristic, at most 512: on the wire a binary, or a text of hexadecimal digits, which may have spaces or hyphens between bytes. It is written as a
/// binary. Immutable as long as the memory it was made of is.
/// </summary>
public sealed class SensorValue : IWireMessage<SensorValue>
{
    /// <summary>The longest value of an attribute, in bytes (Bluetooth Core Specification, volume 3, part F, 3.2.9).</summary>
    public const int MostBytes = 512;

    private const int MostCharacters = 3 * MostBytes;

    /// <summary>Makes a value of bytes.</summary>
    /// <param name="bytes">The bytes; not copied.</param>
    public SensorValue(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <inheritdoc/>
    public static string JsonSchema
        => """{"description":"The bytes of a characteristic, at most 512: hexadecimal digits.","type":"string","pattern":"^([0-9A-Fa-f]{2}[ -]?)*$","maxLength":1536}""";

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Makes a value of bytes.</summary>
    /// <param name="bytes">The bytes; not copied.</param>
    public static implicit operator SensorValue(byte[] bytes) => FromArray(bytes);

    /// <summary>Makes a value of bytes.</summary>
    /// <param name="bytes">The bytes; not copied.</param>
    public static SensorValue FromArray(byte[] bytes) => new(bytes);

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, SensorValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteBinary(value.Bytes);
    }

    /// <inheritdoc/>
    public static SensorValue Read(ref WireReader reader)
    {
        if (reader.NextType != MessagePackType.String) return new SensorValue(reader.ReadBinary(MostBytes));
        var digits = reader.ReadString(MostCharacters).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit)) throw reader.Invalid("is no text of hexadecimal digits, two for a byte");
        if (digits.Length > 2 * MostBytes) throw reader.Invalid($"has {digits.Length / 2} bytes, more than {MostBytes}");
        return new SensorValue(Convert.FromHexString(digits));
    }
}
