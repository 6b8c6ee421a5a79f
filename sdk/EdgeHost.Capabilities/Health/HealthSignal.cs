using System.Buffers.Binary;
using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Capabilities.Health;

/// <summary>
/// Samples of a signal: on the wire an array of numbers, with nil for a missing one, or a binary of little-endian 32-bit floats, in which NaN is a missing one. It
/// is written as a binary. Immutable as long as the memory it was made of is.
/// </summary>
public sealed class HealthSignal : IWireMessage<HealthSignal>
{
    /// <summary>Makes a signal of samples.</summary>
    /// <param name="samples">The samples; not copied.</param>
    public HealthSignal(ReadOnlyMemory<float> samples) => Samples = samples;

    /// <inheritdoc/>
    public static string JsonSchema
        => """{"description":"Samples: an array of numbers, null for a missing one, or little-endian 32-bit floats.","anyOf":[{"type":"array","items":{"type":["number","null"]}},{"type":"string","contentEncoding":"base64"}]}""";

    /// <summary>The samples; NaN for a missing one.</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <summary>Makes a signal of samples.</summary>
    /// <param name="samples">The samples; not copied.</param>
    public static implicit operator HealthSignal(float[] samples) => FromArray(samples);

    /// <summary>Makes a signal of samples.</summary>
    /// <param name="samples">The samples; not copied.</param>
    public static HealthSignal FromArray(float[] samples) => new(samples);

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, HealthSignal value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var bytes = new byte[value.Samples.Length * sizeof(float)];
        var samples = value.Samples.Span;
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), samples[i]);
        writer.WriteBinary(bytes);
    }

    /// <inheritdoc/>
    public static HealthSignal Read(ref WireReader reader)
    {
        if (reader.NextType != MessagePackType.Array) return new HealthSignal(FromBytes(ref reader));
        var samples = new float[reader.EnterArray()];
        for (var i = 0; i < samples.Length; i++) samples[i] = reader.TryReadNil() ? float.NaN : reader.ReadSingle();
        reader.Leave();
        return new HealthSignal(samples);
    }

    private static float[] FromBytes(ref WireReader reader)
    {
        var bytes = reader.ReadBinary();
        if (bytes.Length % sizeof(float) != 0) throw reader.Invalid($"has {bytes.Length} bytes, which are no whole 32-bit floats");
        var samples = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[(i * sizeof(float))..]);
        return samples;
    }
}
