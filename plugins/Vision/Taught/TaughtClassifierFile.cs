using System.Security.Cryptography;
using EdgeHost.Plugins.Vision.Taught.Heads;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>A taught classifier as a file: a head, its parts, and a SHA-256 of all before it. Vectors are kept as 16-bit floats: they differ by far more than that rounds. No state.</summary>
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
        writer.Write("EHC1"u8);
        writer.Write(classifier.Number);
        writer.Write(classifier.Encoder);
        writer.Write(classifier.Examples[0].Views[0].Length);
        writer.Write(classifier.Examples.Count);
        foreach (var example in classifier.Examples)
        {
            writer.Write(example.Label);
            writer.Write(example.Views.Count);
            foreach (var value in example.Views.SelectMany(static view => view)) writer.Write((Half)value);
        }

        writer.Write(classifier.Accuracy ?? -1);
        writer.Write(classifier.Head?.Labels.Count ?? 0);
        foreach (var label in classifier.Head?.Labels ?? []) writer.Write(label);
        WriteAll(classifier.Head?.Weight ?? []);
        WriteAll(classifier.Head?.Bias ?? []);
        writer.Flush();
        writer.Write(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        writer.Flush();
        return file.ToArray();

        void WriteAll(float[] values)
        {
            foreach (var value in values) writer.Write(value);
        }
    }

    /// <summary>Reads.</summary>
    /// <param name="name">The classifier's name, which is the file's.</param>
    /// <param name="file">The bytes.</param>
    /// <returns>Null: they are damaged.</returns>
    public static TaughtClassifier? TryRead(string name, ReadOnlySpan<byte> file)
    {
        if (file.Length < HashBytes || !file.StartsWith("EHC1"u8) || !SHA256.HashData(file[..^HashBytes]).AsSpan().SequenceEqual(file[^HashBytes..])) return null;
        using var reader = new BinaryReader(new MemoryStream(file[..^HashBytes].ToArray()));
        try
        {
            reader.ReadInt32();
            var (number, encoder, width) = (reader.ReadInt32(), reader.ReadString(), Count(LargestWidth));
            var examples = new TaughtExample[Count(MostParts)];
            for (var i = 0; i < examples.Length; i++)
            {
                var (label, views) = (reader.ReadString(), new float[Count(MostParts)][]);
                for (var view = 0; view < views.Length; view++) views[view] = Halves(width);
                examples[i] = new TaughtExample(label, views);
            }

            var accuracy = reader.ReadDouble();
            var labels = new string[Count(MostParts)];
            for (var i = 0; i < labels.Length; i++) labels[i] = reader.ReadString();
            var head = labels.Length == 0 ? null : new LinearHead(labels, Floats(width * labels.Length), Floats(labels.Length));
            return new TaughtClassifier
            {
                Name = name, Number = number, Encoder = encoder, Examples = examples, Head = head, Accuracy = accuracy < 0 ? null : accuracy,
            };
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException)
        {
            return null;
        }

        int Count(int most) => reader.ReadInt32() is >= 0 and var count && count <= most ? count : throw new InvalidDataException();

        float[] Floats(int count)
        {
            var values = new float[count];
            for (var i = 0; i < count; i++) values[i] = reader.ReadSingle();
            return values;
        }

        float[] Halves(int count)
        {
            var values = new float[count];
            for (var i = 0; i < count; i++) values[i] = (float)reader.ReadHalf();
            return values;
        }
    }
}
