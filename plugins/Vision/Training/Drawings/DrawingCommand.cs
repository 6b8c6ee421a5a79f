using System.Globalization;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Training.Drawings;

/// <summary>Makes pictures of no place, so that the head of scenes learns to call such unknown: pages, diagrams, drawings, and things cut out of photos before plain grounds.</summary>
internal static class DrawingCommand
{
    private const int JpegQuality = 85;

    /// <summary>Draws pages, diagrams and drawings, as many of each.</summary>
    /// <param name="fonts">A folder with TrueType fonts for the letters.</param>
    /// <param name="output">The folder to write into.</param>
    /// <param name="count">Pictures of each kind.</param>
    public static void Draw(string fonts, string output, int count)
    {
        SKTypeface[] typefaces = [.. Directory.EnumerateFiles(fonts, "*.ttf", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static file => SKTypeface.FromFile(file)).Where(static face => face is not null)];
        if (typefaces.Length == 0) throw new EdgeHostException(ErrorCode.NotFound, $"There are no TrueType fonts in '{fonts}'.");
        (string Kind, Action<SKCanvas, SKSizeI, Random> Draw)[] kinds =
        [
            ("page", (canvas, size, random) => new Page(typefaces[random.Next(typefaces.Length)], random).Draw(canvas, size)),
            ("diagram", (canvas, size, random) => new Diagram(typefaces[random.Next(typefaces.Length)], random).Draw(canvas, size)),
            ("drawing", static (canvas, size, random) => new Drawing(random).Draw(canvas, size)),
        ];
        foreach (var (index, (kind, draw)) in kinds.Index())
        {
            for (var i = 0; i < count; i++) Write(output, kind, i, new Random((i * kinds.Length) + index), draw);
        }

        foreach (var face in typefaces) face.Dispose();
    }

    /// <summary>Puts things that were cut out before plain grounds.</summary>
    /// <param name="cutOuts">A folder of pictures with transparency.</param>
    /// <param name="output">The folder to write into.</param>
    public static void Place(string cutOuts, string output)
    {
        foreach (var (index, path) in Directory.EnumerateFiles(cutOuts, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Index())
        {
            using var thing = SKImage.FromEncodedData(path);
            if (thing is not null) Write(output, "thing", index, new Random(index), (canvas, size, random) => CutOut.Draw(canvas, size, thing, random));
        }
    }

    private static void Write(string output, string kind, int index, Random random, Action<SKCanvas, SKSizeI, Random> draw)
    {
        var size = new SKSizeI(random.Next(240, 640), random.Next(240, 640));
        using var surface = SKSurface.Create(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        draw(surface.Canvas, size, random);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        Directory.CreateDirectory(output);
        File.WriteAllBytes(Path.Combine(output, string.Create(CultureInfo.InvariantCulture, $"{kind}-{index:0000}.jpg")), data.ToArray());
    }
}
