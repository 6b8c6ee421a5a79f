using System.Text.Json;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Text;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Benchmarks.Vision;

/// <summary>
/// Characters that <c>vision.recognize_text</c> gets wrong on the shared pages, beside Debian's tesseract on the same files: with white space as it stands (runs of it count as one), and without. Of the Chinese
/// poster, which has text in all sizes, the phrases that must be found. Without tesseract its columns are left out, without the shared pages everything is.
/// </summary>
internal sealed class OcrBenchmark : IBenchmark
{
    private const string Folder = "testdata/vision";
    private const string Expected = $"{Folder}/expected.json";
    private const string Poster = "ocr-chinese-poster.jpg";
    private static readonly string[] Pages = ["ocr-english-12pt.png", "ocr-book-page-photo.png"];

    public string Name => "ocr";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        if (Repository.FindShared(Expected) is not { } path)
        {
            Console.WriteLine("The shared pages are not on this machine.");
            return [];
        }

        if (await RealModels.PullAsync("Vision:ocr-") is { } problem)
        {
            Console.WriteLine($"The models cannot be had: {problem}");
            return [];
        }

        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
        using var models = await RealModels.OpenAsync("Vision:ocr-");
        var imaging = new ImagingOptions();
        using var pool = new PixelMemoryPool(imaging.RetainedBytes);
        using var decoder = new PictureDecoder(imaging, pool);
        var reader = new PageReader(decoder, new TextOptions(), pool);
        var figures = new List<Figure>();
        foreach (var page in Pages)
        {
            var file = Path.Combine(Path.GetDirectoryName(path)!, page);
            var text = string.Join('\n', expected.RootElement.GetProperty(page).GetProperty("lines").EnumerateArray().Select(static line => line.GetString()));
            await foreach (var (who, read) in ReadAsync(reader, models.Provider, file, "eng", cancellationToken))
            {
                figures.Add(Percent($"{page}, {who}", text, read, Spaced));
                figures.Add(Percent($"{page}, {who}, without spaces", text, read, Packed));
            }
        }

        string[] phrases = [.. expected.RootElement.GetProperty(Poster).GetProperty("mustContain").EnumerateArray().Select(static phrase => phrase.GetString()!)];
        await foreach (var (who, read) in ReadAsync(reader, models.Provider, Path.Combine(Path.GetDirectoryName(path)!, Poster), "chi_sim", cancellationToken))
        {
            var packed = Packed(read);
            figures.Add(new Figure($"{Poster}, {who}, of {phrases.Length} phrases", phrases.Count(packed.Contains), "found"));
        }

        return figures;
    }

    private static async IAsyncEnumerable<(string Who, string Text)> ReadAsync(
        PageReader reader, IModelProvider models, string file, string language, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = await reader.ReadAsync(await File.ReadAllBytesAsync(file, cancellationToken), models, cancellationToken);
        yield return ("EdgeHost", page.Text);
        var (text, missing) = await Tesseract.ReadAsync(file, language, cancellationToken);
        if (text is null) Console.WriteLine($"Nothing to compare with: {missing}.");
        else yield return ("tesseract", text);
    }

    private static Figure Percent(string name, string expected, string actual, Func<string, string> form)
        => new(name, 100 * EditDistance.CharacterErrorRate(form(expected), form(actual)), "% wrong");

    private static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Packed(string text) => string.Concat(text.Where(static character => !char.IsWhiteSpace(character)));
}
