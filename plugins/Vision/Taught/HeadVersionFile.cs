using EdgeHost.Plugins.Vision.Taught.Heads;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>A version of a taught classifier as a part of its file. No state.</summary>
internal static class HeadVersionFile
{
    private const int MostLabels = 10_000;

    /// <summary>Writes.</summary>
    public static void Write(BinaryWriter writer, HeadVersion version)
    {
        writer.Write(version.Number);
        writer.Write(version.Until);
        writer.Write(version.Examples);
        writer.Write(version.Trained.ToUnixTimeMilliseconds());
        writer.Write(version.Accuracy);
        writer.Write(version.BaselineAccuracy);
        writer.Write(version.IsRolledBack);
        writer.Write(version.Head?.Labels.Count ?? 0);
        if (version.Head is not { } head) return;
        foreach (var label in head.Labels) writer.Write(label);
        foreach (var value in head.Weight) writer.Write(value);
        foreach (var value in head.Bias) writer.Write(value);
    }

    /// <summary>Reads.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static HeadVersion Read(BinaryReader reader, int width)
    {
        var version = new HeadVersion
        {
            Number = reader.ReadInt32(),
            Until = reader.ReadInt32(),
            Examples = reader.ReadInt32(),
            Trained = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            Accuracy = reader.ReadDouble(),
            BaselineAccuracy = reader.ReadDouble(),
            IsRolledBack = reader.ReadBoolean(),
        };
        if (reader.ReadInt32() is var count && count is < 0 or > MostLabels) throw new InvalidDataException();
        if (count == 0) return version;
        var labels = new string[count];
        for (var i = 0; i < count; i++) labels[i] = reader.ReadString();
        return version with { Head = new LinearHead(labels, Floats(width * count), Floats(count)) };

        float[] Floats(int length)
        {
            var values = new float[length];
            for (var i = 0; i < length; i++) values[i] = reader.ReadSingle();
            return values;
        }
    }
}
