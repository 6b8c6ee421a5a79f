using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Vision.Training.Vectors;

/// <summary>
/// Vectors in a file, one after the other: name of the picture, label (both as <see cref="BinaryWriter.Write(string)"/> writes texts), number of the copy and width (int32), the numbers
/// (float32); little-endian. No state.
/// </summary>
internal static class VectorFile
{
    /// <summary>Writes one.</summary>
    public static void Write(BinaryWriter file, LabelledVector vector)
    {
        file.Write(vector.Picture);
        file.Write(vector.Label);
        file.Write(vector.Copy);
        file.Write(vector.Values.Length);
        file.Write(MemoryMarshal.AsBytes<float>(vector.Values));
    }

    /// <summary>Reads all.</summary>
    public static List<LabelledVector> Read(string path)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        var vectors = new List<LabelledVector>();
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            var (picture, label, copy, values) = (file.ReadString(), file.ReadString(), file.ReadInt32(), new float[file.ReadInt32()]);
            file.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            vectors.Add(new LabelledVector(picture, label, copy, values));
        }

        return vectors;
    }
}
