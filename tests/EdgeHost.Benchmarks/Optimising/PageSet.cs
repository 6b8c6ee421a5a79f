using System.Text.Json;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Text;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using SkiaSharp;

namespace EdgeHost.Benchmarks.Optimising;

/// <summary>The page of the samples in several sizes and qualities, with its text. Not thread-safe.</summary>
internal sealed class PageSet : IDisposable
{
    private static readonly (double Scale, int Quality)[] Forms =
        [(1, 90), (0.85, 90), (0.7, 90), (0.6, 90), (1.2, 80), (0.95, 50), (0.8, 40), (0.75, 70), (1.1, 30), (0.65, 60), (0.9, 75), (1.3, 60)];

    private readonly PixelMemoryPool _pool = new(1 << 24);
    private readonly PictureDecoder _decoder;
    private readonly PageReader _reader;
    private readonly byte[][] _pages;
    private readonly string _text;

    public PageSet()
    {
        _decoder = new PictureDecoder(new ImagingOptions(), _pool);
        _reader = new PageReader(_decoder, new TextOptions(), _pool);
        var folder = Path.Combine(Repository.Root, "samples", "Photos");
        using var picture = SKBitmap.Decode(Path.Combine(folder, "page.jpg"));
        _pages = [.. Forms.Select(form => Encode(picture, form.Scale, form.Quality))];
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        _text = string.Join('\n', expected.RootElement.GetProperty("page.jpg").GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
    }

    /// <summary>Reads all pages and gives the share of characters that are wrong.</summary>
    public async Task<double> ReadAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var wrong = 0;
        foreach (var page in _pages)
        {
            var read = await _reader.ReadAsync(page, models, cancellationToken);
            wrong += EditDistance.Of<char>(_text, string.Join('\n', read.Lines.Select(line => line.Text)));
        }

        return (double)wrong / (_pages.Length * _text.Length);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _pool.Dispose();
    }

    private static byte[] Encode(SKBitmap picture, double scale, int quality)
    {
        using var scaled = picture.Resize(new SKImageInfo((int)(picture.Width * scale), (int)(picture.Height * scale)), new SKSamplingOptions(SKCubicResampler.Mitchell));
        using var data = scaled.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }
}
