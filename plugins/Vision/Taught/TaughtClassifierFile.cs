using System.Security.Cryptography;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>A taught classifier as a file: four letters, its parts, and a SHA-256 of all before it. Vectors are kept as 16-bit floats: they differ by far more than that rounds. No state.</summary>
internal static class TaughtClassifierFile
{
    private const int HashBytes = 32;
    private const int LargestWidth = 65_536;
    private const int MostParts = 100_000;

    /// <summary>Writes.</summary>
    public static byte[] Write(TaughtClassifier classifier)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("EHC2"u8);
        writer.Write(classifier.Number);
        writer.Write(classifier.Encoder);
        writer.Write(classifier.Examples[0].Views[0].Length);
        writer.Write(classifier.Examples.Count);
        foreach (var example in classifier.Examples)
        {
            writer.Write(example.Label);
            writer.Write(example.Since);
            writer.Write(example.Views.Count);
            foreach (var value in example.Views.SelectMany(static view => view)) writer.Write((Half)value);
        }

        writer.Write(classifier.MeansAccuracy ?? -1);
        writer.Write(classifier.IsPending);
        writer.Write(classifier.LastVersion);
        writer.Write(classifier.Serving);
        writer.Write(classifier.Versions.Count);
        foreach (var version in classifier.Versions) HeadVersionFile.Write(writer, version);
        writer.Flush();
        writer.Write(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        writer.Flush();
        return file.ToArray();
    }

    /// <summary>Reads.</summary>
    /// <param name="name">The classifier's name, which is the file's.</param>
    /// <param name="file">The bytes.</param>
    /// <returns>Null: they are damaged.</returns>
    public static TaughtClassifier? TryRead(string name, ReadOnlySpan<byte> file)
    {
        if (file.Length < HashBytes || !file.StartsWith("EHC2"u8) || !SHA256.HashData(file[..^HashBytes]).AsSpan().SequenceEqual(file[^HashBytes..])) return null;
        using var reader = new BinaryReader(new MemoryStream(file[..^HashBytes].ToArray()));
        try
        {
            reader.ReadInt32();
            var (number, encoder, width) = (reader.ReadInt32(), reader.ReadString(), Count(LargestWidth));
            var examples = new TaughtExample[Count(MostParts)];
            for (var i = 0; i < examples.Length; i++)
            {
                var (label, since, views) = (reader.ReadString(), reader.ReadInt32(), new float[Count(MostParts)][]);
                for (var view = 0; view < views.Length; view++) views[view] = Halves(width);
                examples[i] = new TaughtExample(label, views, since);
            }

            var accuracy = reader.ReadDouble();
            var (isPending, last, serving) = (reader.ReadBoolean(), reader.ReadInt32(), reader.ReadInt32());
            var versions = new HeadVersion[Count(MostParts)];
            for (var i = 0; i < versions.Length; i++) versions[i] = HeadVersionFile.Read(reader, width);
            return new TaughtClassifier
            {
                Name = name, Number = number, Encoder = encoder, Examples = examples, MeansAccuracy = accuracy < 0 ? null : accuracy,
                IsPending = isPending, LastVersion = last, Serving = serving, Versions = versions,
            };
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException)
        {
            return null;
        }

        int Count(int most) => reader.ReadInt32() is >= 0 and var count && count <= most ? count : throw new InvalidDataException();

        float[] Halves(int count)
        {
            var values = new float[count];
            for (var i = 0; i < count; i++) values[i] = (float)reader.ReadHalf();
            return values;
        }
    }
}
