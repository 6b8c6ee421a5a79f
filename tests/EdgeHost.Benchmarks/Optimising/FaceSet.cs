using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using SkiaSharp;

namespace EdgeHost.Benchmarks.Optimising;

/// <summary>Windows of the photos of the samples, wherever and as large as chance will have it, some mirrored, darker or poorly stored. Not thread-safe.</summary>
internal sealed class FaceSet : IDisposable
{
    private readonly PixelMemoryPool _pool = new(1 << 24);
    private readonly PictureDecoder _decoder;
    private readonly FaceDetector _detector;
    private readonly byte[][] _pictures;

    /// <param name="count">How many.</param>
    /// <param name="seed">Which.</param>
    public FaceSet(int count, int seed)
    {
        _decoder = new PictureDecoder(new ImagingOptions(), _pool);
        _detector = new FaceDetector(_decoder, new FaceOptions(), _pool);
        var random = new Random(seed);
        var folder = Path.Combine(Repository.Root, "samples", "Photos");
        using var prints = Decode(Path.Combine(folder, "prints.jpg"));
        using var astronaut = Decode(Path.Combine(folder, "astronaut.jpg"));
        _pictures = [.. Enumerable.Range(0, count).Select(i => Window(i % 3 == 0 ? astronaut : prints, random))];
    }

    /// <summary>The faces of each picture.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<DetectedFace>>> DetectAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var all = new List<IReadOnlyList<DetectedFace>>();
        foreach (var picture in _pictures) all.Add((await _detector.DetectAsync(picture, default, minConfidence: null, models, cancellationToken)).Faces);
        return all;
    }

    /// <summary>Compares faces with those that were found before: found again is a box that shares at least half of the joined area.</summary>
    /// <returns>The share of those before that are found again, those found besides for each of them, and the mean share of the area.</returns>
    public static (double Recall, double Besides, double Overlap) Compare(IReadOnlyList<IReadOnlyList<DetectedFace>> before, IReadOnlyList<IReadOnlyList<DetectedFace>> after)
    {
        var (faces, again, found, overlap) = (0, 0, 0, 0.0);
        for (var i = 0; i < before.Count; i++)
        {
            var open = after[i].ToList();
            found += open.Count;
            foreach (var face in before[i])
            {
                faces++;
                var best = open.OrderByDescending(other => Overlap(face, other)).FirstOrDefault();
                if (best is null || Overlap(face, best) < 0.5) continue;
                again++;
                overlap += Overlap(face, best);
                open.Remove(best);
            }
        }

        return ((double)again / faces, (double)(found - again) / faces, again == 0 ? 0 : overlap / again);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _pool.Dispose();
    }

    private static double Overlap(DetectedFace a, DetectedFace b)
    {
        var (width, height) = (Math.Min(a.BottomRight.X, b.BottomRight.X) - Math.Max(a.TopLeft.X, b.TopLeft.X), Math.Min(a.BottomRight.Y, b.BottomRight.Y) - Math.Max(a.TopLeft.Y, b.TopLeft.Y));
        if (width <= 0 || height <= 0) return 0;
        var shared = width * height;
        return shared / (Area(a) + Area(b) - shared);

        static double Area(DetectedFace face) => (face.BottomRight.X - face.TopLeft.X) * (face.BottomRight.Y - face.TopLeft.Y);
    }

    private static SKBitmap Decode(string path)
    {
        using var photo = SKBitmap.Decode(path);
        return photo.Copy(SKColorType.Rgba8888);
    }

    private static byte[] Window(SKBitmap photo, Random random)
    {
        var size = 0.45 + (random.NextDouble() * 0.55);
        var (width, height) = ((int)(photo.Width * size), (int)(photo.Height * size));
        var (left, top) = (random.Next(photo.Width - width + 1), random.Next(photo.Height - height + 1));
        var (isMirrored, light, quality) = (random.Next(2) == 0, 0.5f + (random.NextSingle() * 0.5f), 35 + random.Next(60));
        using var window = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var from = photo.GetPixelSpan();
        var to = window.GetPixelSpan();
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var source = (((top + y) * photo.Width) + left + (isMirrored ? width - 1 - x : x)) * 4;
                var target = ((y * width) + x) * 4;
                for (var channel = 0; channel < 4; channel++) to[target + channel] = channel == 3 ? from[source + channel] : (byte)(from[source + channel] * light);
            }
        }

        using var data = window.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }
}
