using System.Buffers.Binary;
using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Serialization;
using EdgeHost.Wfdb;

namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>The bytes of waves before they are encrypted, and the places that they are bound to.</summary>
internal static class WaveCodec
{
    /// <summary>What a wave is; its number is the row's and not kept here.</summary>
    public static byte[] Write(RecordedWave wave) => WireMessageSerializer.ToArray(wave);

    /// <summary>Reads what <see cref="Write(RecordedWave)"/> has written.</summary>
    public static RecordedWave Read(byte[] bytes) => WireMessageSerializer.Deserialize<RecordedWave>(bytes);

    /// <summary>Samples as 32-bit floats.</summary>
    public static byte[] Write(ReadOnlySpan<float> samples)
    {
        var bytes = new byte[samples.Length * sizeof(float)];
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), samples[i]);
        return bytes;
    }

    /// <summary>Reads what <see cref="Write(ReadOnlySpan{float})"/> has written.</summary>
    public static float[] ReadSamples(ReadOnlySpan<byte> bytes)
    {
        var samples = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return samples;
    }

    /// <summary>Annotations, one after the other.</summary>
    public static byte[] Write(IReadOnlyList<WfdbAnnotation> annotations)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(annotations.Count);
            foreach (var annotation in annotations)
            {
                writer.Write7BitEncodedInt64(annotation.Sample);
                writer.Write(annotation.Symbol);
                writer.Write(annotation.Text is not null);
                if (annotation.Text is not null) writer.Write(annotation.Text);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write(IReadOnlyList{WfdbAnnotation})"/> has written.</summary>
    public static List<WaveAnnotation> ReadAnnotations(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var annotations = new List<WaveAnnotation>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            annotations.Add(new WaveAnnotation { Sample = reader.Read7BitEncodedInt64(), Symbol = reader.ReadString(), Text = reader.ReadBoolean() ? reader.ReadString() : null });
        return annotations;
    }

    /// <summary>The place of a wave's description or, with a number, of one of its parts: the ciphertext cannot be moved to another wave or part.</summary>
    public static byte[] PlaceOf(string kind, long time, ReadOnlySpan<byte> tag, string what, long part = 0)
    {
        var name = Encoding.UTF8.GetBytes($"wave {what}\n{kind}\n");
        var place = new byte[name.Length + 16 + tag.Length];
        name.CopyTo(place, 0);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(name.Length), time);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(name.Length + 8), part);
        tag.CopyTo(place.AsSpan(name.Length + 16));
        return place;
    }
}
