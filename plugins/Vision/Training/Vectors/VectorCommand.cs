using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.Plugins.Vision.Vectors;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Vision.Training.Vectors;

/// <summary>Makes the vectors that heads are trained on, by the plugin's own way from a picture to its vector.</summary>
internal static class VectorCommand
{
    private const string Encoder = "det-centernet";

    /// <summary>Runs the command.</summary>
    /// <param name="pictures">A folder with a folder for each label, and optionally <c>origin.tsv</c>: a line for each picture with its path and the file that it was made from, a tab between them.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="copies">Variations of each picture.</param>
    public static async Task RunAsync(string pictures, string output, int copies)
    {
        using var models = await RealModels.OpenAsync("Vision").ConfigureAwait(false);
        using var pool = new PixelMemoryPool(1 << 24);
        using var decoder = new PictureDecoder(new ImagingOptions(), pool);
        var embedder = new PictureEmbedder(new PictureModels(decoder, pool));
        using var file = new BinaryWriter(File.Create(output));
        var origins = Origins(Path.Combine(pictures, "origin.tsv"));
        string[] paths = [.. Directory.EnumerateFiles(pictures, "*.*", SearchOption.AllDirectories).Where(static path => PictureFormat.Recognize(File.ReadAllBytes(path)) is not null).Order(StringComparer.Ordinal)];
        foreach (var (index, path) in paths.Index())
        {
            var encoded = await File.ReadAllBytesAsync(path).ConfigureAwait(false);
            for (var copy = 0; copy <= copies; copy++)
            {
                var shown = copy == 0 ? encoded : PictureVariation.Make(encoded, new Random((index * 16) + copy));
                var vector = await embedder.EmbedAsync(shown, Encoder, models.Provider, CancellationToken.None).ConfigureAwait(false);
                VectorFile.Write(file, new LabelledVector(Origin(Path.GetRelativePath(pictures, path), origins), Path.GetFileName(Path.GetDirectoryName(path))!, copy, vector.Values));
            }

            if ((index + 1) % 100 == 0) Console.WriteLine($"{index + 1} of {paths.Length} pictures");
        }
    }

    private static Dictionary<string, string> Origins(string file)
        => File.Exists(file) ? File.ReadLines(file).Select(static line => line.Split('\t')).ToDictionary(static line => line[0], static line => line[1], StringComparer.Ordinal) : [];

    // Rooms of one house are one origin: they share walls and light.
    private static string Origin(string picture, Dictionary<string, string> origins)
    {
        var origin = origins.GetValueOrDefault(picture, picture);
        return origin.StartsWith("houses/", StringComparison.Ordinal) ? $"house {Path.GetFileName(origin).Split('_')[0]}" : origin;
    }
}
