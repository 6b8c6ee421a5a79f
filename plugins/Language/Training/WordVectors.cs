using System.Globalization;

namespace EdgeHost.Plugins.Language.Training;

/// <summary>Files of word vectors: a word and its numbers a line.</summary>
internal static class WordVectors
{
    /// <summary>Reads a file.</summary>
    public static Dictionary<string, float[]> Load(string path)
    {
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path))
        {
            var parts = line.Split(' ');
            vectors[parts[0]] = [.. parts.Skip(1).Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
        }

        return vectors;
    }
}
