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

    /// <summary>The texts of a file that have no feature behind the first ones, with those alone.</summary>
    /// <param name="file">The file.</param>
    /// <param name="width">How many features are kept.</param>
    public static byte[] Head(byte[] file, int width)
    {
        var (features, labels) = (new List<float>(), new List<int>());
        foreach (var (label, row) in Read(file))
        {
            if (row.AsSpan(width..).ContainsAnyExcept(0)) continue;
            labels.Add(label);
            features.AddRange(row.AsSpan(..width));
        }

        return Write(features.ToArray(), labels.ToArray());
    }

    /// <summary>Puts files together, each with zeros before and after its features.</summary>
    /// <param name="parts">The files, and how many zeros come before and after.</param>
    public static byte[] Join(params ReadOnlySpan<(byte[] File, int Before, int After)> parts)
    {
        var (features, labels) = (new List<float>(), new List<int>());
        foreach (var (file, before, after) in parts)
        {
            foreach (var (label, row) in Read(file))
            {
                labels.Add(label);

                // Fewer than none before: the file's own zeros are left out.
                features.AddRange(new float[Math.Max(0, before)]);
                features.AddRange(row.AsSpan(Math.Max(0, -before)..));
                features.AddRange(new float[after]);
            }
        }

        return Write(features.ToArray(), labels.ToArray());
    }

    private static IEnumerable<(int Label, float[] Features)> Read(byte[] file)
    {
        var (count, width) = (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8)));
        for (var i = 0; i < count; i++)
        {
            var position = HeaderBytes + (i * (1 + (2 * width)));
            var features = new float[width];
            for (var k = 0; k < width; k++) features[k] = (float)BinaryPrimitives.ReadHalfLittleEndian(file.AsSpan(position + 1 + (2 * k)));
            yield return (file[position], features);
        }
    }
}
