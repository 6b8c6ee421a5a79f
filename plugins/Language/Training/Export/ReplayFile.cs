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

    /// <summary>Puts files together, each with zeros before and after its features.</summary>
    /// <param name="parts">The files, and how many zeros come before and after.</param>
    public static byte[] Join(params ReadOnlySpan<(byte[] File, int Before, int After)> parts)
    {
        var (features, labels) = (new List<float>(), new List<int>());
        foreach (var (file, before, after) in parts)
        {
            var (count, width) = (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8)));
            for (var i = 0; i < count; i++)
            {
                var row = file.AsSpan(HeaderBytes + (i * (1 + (2 * width))), 1 + (2 * width));
                labels.Add(row[0]);

                // Fewer than none before: the file's own zeros are left out.
                features.AddRange(new float[Math.Max(0, before)]);
                for (var k = Math.Max(0, -before); k < width; k++) features.Add((float)BinaryPrimitives.ReadHalfLittleEndian(row[(1 + (2 * k))..]));
                features.AddRange(new float[after]);
            }
        }

        return Write(features.ToArray(), labels.ToArray());
    }
}
