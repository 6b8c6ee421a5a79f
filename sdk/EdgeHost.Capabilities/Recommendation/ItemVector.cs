using System.Buffers.Binary;
using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>
/// A vector of an item: on the wire an array of numbers, or <c>bin</c> of little-endian float32 as <c>language.embed</c> and <c>vision.embed_image</c> give it. Immutable.
/// </summary>
public sealed class ItemVector : IWireMessage<ItemVector>
{
    private const int MostValues = 4096;

    /// <summary>Creates a vector.</summary>
    /// <param name="values">The numbers, at most 4,096; kept, not copied.</param>
    public ItemVector(ReadOnlyMemory<float> values) => Values = values;

    /// <inheritdoc/>
    public static string JsonSchema => """{"anyOf":[{"type":"array","items":{"type":"number"},"maxItems":4096},{"type":"string","contentEncoding":"base64"}]}""";

    /// <summary>The numbers.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>The vector in the form in which other capabilities give it.</summary>
    /// <param name="bytes">Little-endian float32.</param>
    /// <exception cref="ArgumentException">The number of bytes is not a multiple of 4.</exception>
    public static ItemVector FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(float) != 0) throw new ArgumentException("A vector of float32 has a multiple of 4 bytes.", nameof(bytes));
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return new ItemVector(values);
    }

    /// <inheritdoc/>
    public static ItemVector Read(ref WireReader reader)
    {
        if (reader.NextType == MessagePackType.Binary)
        {
            var bytes = reader.ReadBinary(MostValues * sizeof(float)).Span;
            return bytes.Length % sizeof(float) == 0 ? FromBytes(bytes) : throw reader.Invalid("must be float32 numbers, 4 bytes each");
        }

        if (reader.NextType != MessagePackType.Array) throw reader.Invalid("must be an array of numbers, or bytes of float32");
        var values = new float[reader.EnterArray(MostValues)];
        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadSingle();
        reader.Leave();
        return new ItemVector(values);
    }

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, ItemVector value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var bytes = new byte[value.Values.Length * sizeof(float)];
        for (var i = 0; i < value.Values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), value.Values.Span[i]);
        writer.WriteBinary(bytes);
    }
}
