using System.Security.Cryptography;
using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Keywords.Personal;

/// <summary>
/// A taught keyword as bytes: <c>EHK1</c>; int32 number, float32 threshold, int32 window, int32 hidden width; the numbers of <see cref="HeadParameters"/> in their order; a
/// SHA-256 of all that. Little-endian. No state.
/// </summary>
internal static class PersonalKeywordFile
{
    private const int HashBytes = 32;
    private const int LargestWidth = 1024;
    private const int LargestWindow = 256;

    /// <summary>Writes.</summary>
    public static byte[] Write(PersonalKeyword keyword)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        var head = keyword.Head;
        writer.Write("EHK1"u8);
        writer.Write(keyword.Number);
        writer.Write(keyword.Threshold);
        writer.Write(head.Window);
        writer.Write(head.Output.Length);
        foreach (var values in new[] { head.Mean, head.Scale, head.Hidden, head.HiddenBias, head.Output, [head.OutputBias] })
        {
            foreach (var value in values) writer.Write(value);
        }

        writer.Flush();
        writer.Write(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        writer.Flush();
        return file.ToArray();
    }

    /// <summary>Reads.</summary>
    /// <param name="keyword">The id, which is the file's name.</param>
    /// <param name="file">The bytes.</param>
    /// <returns>Null: they are damaged.</returns>
    public static PersonalKeyword? TryRead(string keyword, ReadOnlySpan<byte> file)
    {
        if (file.Length < HashBytes || !SHA256.HashData(file[..^HashBytes]).AsSpan().SequenceEqual(file[^HashBytes..]) || !file.StartsWith("EHK1"u8)) return null;
        using var reader = new BinaryReader(new MemoryStream(file[..^HashBytes].ToArray()));
        try
        {
            reader.ReadInt32();
            var (number, threshold, window, width) = (reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32(), reader.ReadInt32());
            if (window is < 1 or > LargestWindow || width is < 1 or > LargestWidth) return null;
            var head = new HeadParameters
            {
                Window = window,
                Mean = Floats(KeywordFeatures.Width),
                Scale = Floats(KeywordFeatures.Width),
                Hidden = Floats(width * window * KeywordFeatures.Width),
                HiddenBias = Floats(width),
                Output = Floats(width),
                OutputBias = reader.ReadSingle(),
            };
            return new PersonalKeyword { Keyword = keyword, Number = number, Threshold = threshold, Head = head };
        }
        catch (EndOfStreamException)
        {
            return null;
        }

        float[] Floats(int count)
        {
            var values = new float[count];
            for (var i = 0; i < count; i++) values[i] = reader.ReadSingle();
            return values;
        }
    }
}
