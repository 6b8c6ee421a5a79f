using System.Buffers.Binary;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>
/// Features of training texts with their labels, that a head is trained on beside corrections so that it does not forget: <c>EHR1</c>, how many
/// there are and their width (int32), then for each its label (a byte, in the order of the head's labels) and its features as 16-bit floats;
/// all little-endian. No text can be read from it.
/// </summary>
internal static class ReplayFile
{
    private const int HeaderBytes = 12;

    /// <summary>Writes a file.</summary>
    /// <param name="features">A row of numbers a label.</param>
    /// <param name="labels">0 to 255 each.</param>
    public static byte[] Write(ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
    {
        var width = features.Length / labels.Length;
        var file = new byte[HeaderBytes + (labels.Length * (1 + (2 * width)))];
        "EHR1"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), labels.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), width);
        var position = HeaderBytes;
        for (var i = 0; i < labels.Length; i++)
        {
            file[position++] = (byte)labels[i];
            foreach (var value in features.Slice(i * width, width))
            {
                BinaryPrimitives.WriteHalfLittleEndian(file.AsSpan(position), (Half)value);
                position += 2;
            }
        }

        return file;
    }

    /// <summary>Puts files of one width together.</summary>
    public static byte[] Join(params ReadOnlySpan<byte[]> files)
    {
        var joined = new List<byte>(files[0].AsSpan(0, HeaderBytes).ToArray());
        var count = 0;
        foreach (var file in files)
        {
            count += BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
            joined.AddRange(file.AsSpan(HeaderBytes));
        }

        var result = joined.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), count);
        return result;
    }
}
