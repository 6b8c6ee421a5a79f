using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>
/// Reads lines with PP-OCRv4's recogniser: float32 [N, 3, 48, W] in the order B, G, R in; probabilities [N, W / 8, classes] out. Lines of equal
/// rounded width share a run. Thread-safe.
/// </summary>
internal sealed class LineRecognizer(TextOptions options, PixelMemoryPool pool)
{
    public const string ModelId = "ocr-rec";

    private const string DictionaryFile = "ppocr_keys_v1.txt";
    private const string InputName = "x";
    private const int MinWidth = 320;

    // Few different widths: the runtime plans its memory anew for each one.
    private const int WidthStep = 64;

    // A run's output is columns / 8 x 6,625 floats: this bounds it to about 14 MB.
    private const int MaxColumns = 4_096;

    private AlphabetOfModel? _alphabet;

    /// <summary>Reads every line; the result is in the order of the lines.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="lines">Corners in reading direction.</param>
    /// <param name="lease">The recogniser.</param>
    /// <param name="cancellationToken">Stops between and within runs.</param>
    public async ValueTask<LineText[]> RecognizeAsync(PixelImage picture, Quad[] lines, IModelLease lease, CancellationToken cancellationToken)
    {
        var texts = new LineText[lines.Length];
        if (lines.Length == 0) return texts;
        var alphabet = await GetAlphabetAsync(lease, cancellationToken).ConfigureAwait(false);
        var widths = Array.ConvertAll(lines, static line => LineCrop.WidthOf(line, LineCrop.MaxWidth));
        var order = Enumerable.Range(0, lines.Length).OrderBy(i => RunWidth(widths[i])).ToArray();
        using var crop = new PixelImage(pool, RunWidth(LineCrop.MaxWidth), LineCrop.Height);
        for (var first = 0; first < order.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var width = RunWidth(widths[order[first]]);
            var limit = Math.Min(options.MaxBatch, Math.Max(1, MaxColumns / width));
            var count = 1;
            while (count < limit && first + count < order.Length && RunWidth(widths[order[first + count]]) == width) count++;
            await RunAsync(picture, lines, widths, order.AsMemory(first, count), width, crop, alphabet, lease, texts, cancellationToken).ConfigureAwait(false);
            first += count;
        }

        return texts;
    }

    /// <summary>Width of the run that reads a line: at least 320, a multiple of 64.</summary>
    internal static int RunWidth(int lineWidth) => Math.Max(MinWidth, (lineWidth + WidthStep - 1) / WidthStep * WidthStep);

    private static async ValueTask RunAsync(
        PixelImage picture,
        Quad[] lines,
        int[] widths,
        ReadOnlyMemory<int> batch,
        int width,
        PixelImage crop,
        Alphabet alphabet,
        IModelLease lease,
        LineText[] texts,
        CancellationToken cancellationToken)
    {
        using var input = lease.CreateValue(ElementType.Float32, new TensorShape(batch.Length, 3, LineCrop.Height, width));
        for (var i = 0; i < batch.Length; i++)
        {
            var line = batch.Span[i];
            var size = 3 * LineCrop.Height * width;
            var pixels = crop.Pixels[..(widths[line] * LineCrop.Height)];
            QuadSampler.Sample(picture, lines[line], pixels, widths[line], LineCrop.Height);
            TensorPacking.PackPlanarBgr(
                pixels,
                widths[line],
                LineCrop.Height,
                input.AsSpan<float>().Slice(i * size, size),
                width,
                ChannelScale.Symmetric,
                ChannelScale.Symmetric,
                ChannelScale.Symmetric);
        }

        using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue(InputName, input)], MayRunOnCallingThread = true }, cancellationToken).ConfigureAwait(false);
        var shape = result[0].Shape;
        if (shape.Rank != 3 || shape[0] != batch.Length || shape[2] != alphabet.Count)
        {
            throw new InvalidOperationException($"The recogniser gave {shape} for {batch.Length} lines and a dictionary of {alphabet.Count} classes.");
        }

        var steps = (int)shape[1];
        var probabilities = result[0].AsSpan<float>();
        for (var i = 0; i < batch.Length; i++)
        {
            var one = probabilities.Slice(i * steps * alphabet.Count, steps * alphabet.Count);
            texts[batch.Span[i]] = CtcDecoder.Decode(one, steps, alphabet);
        }
    }

    private async ValueTask<Alphabet> GetAlphabetAsync(IModelLease lease, CancellationToken cancellationToken)
    {
        // Two calls may both parse it the first time; either result is right.
        if (Volatile.Read(ref _alphabet) is { } known && known.Version == lease.Model.Version) return known.Alphabet;
        var dictionary = await lease.ReadFileAsync(DictionaryFile, cancellationToken).ConfigureAwait(false);
        var parsed = new AlphabetOfModel(lease.Model.Version, Alphabet.Parse(dictionary.Span));
        Volatile.Write(ref _alphabet, parsed);
        return parsed.Alphabet;
    }

    private sealed record AlphabetOfModel(string Version, Alphabet Alphabet);
}
