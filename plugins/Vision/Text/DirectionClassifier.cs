using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>Tells which lines stand on their head: float32 [N, 3, 48, 192] in, [N, 2] out, the second value for 180 degrees. Thread-safe.</summary>
internal sealed class DirectionClassifier(TextOptions options, PixelMemoryPool pool)
{
    public const string ModelId = "ocr-cls";

    private const string InputName = "x";
    private const int Width = 192;

    /// <summary>Indexes of the lines that look upside down, ascending.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="lines">Corners in reading direction.</param>
    /// <param name="lease">The classifier.</param>
    /// <param name="cancellationToken">Stops between and within runs.</param>
    public async ValueTask<List<int>> FindUpsideDownAsync(PixelImage picture, Quad[] lines, IModelLease lease, CancellationToken cancellationToken)
    {
        var upsideDown = new List<int>();
        using var crop = new PixelImage(pool, Width, LineCrop.Height);
        for (var first = 0; first < lines.Length; first += options.MaxBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(options.MaxBatch, lines.Length - first);
            using var input = lease.CreateValue(ElementType.Float32, new TensorShape(count, 3, LineCrop.Height, Width));
            Pack(picture, lines.AsSpan(first, count), crop, input.AsSpan<float>());
            using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue(InputName, input)], MayRunOnCallingThread = true }, cancellationToken).ConfigureAwait(false);
            var scores = result[0].AsSpan<float>();
            for (var i = 0; i < count; i++)
            {
                if (scores[(2 * i) + 1] > options.FlipThreshold) upsideDown.Add(first + i);
            }
        }

        return upsideDown;
    }

    private static void Pack(PixelImage picture, ReadOnlySpan<Quad> lines, PixelImage crop, Span<float> tensor)
    {
        const int size = 3 * LineCrop.Height * Width;
        for (var i = 0; i < lines.Length; i++)
        {
            var width = LineCrop.WidthOf(lines[i], Width);
            var pixels = crop.Pixels[..(width * LineCrop.Height)];
            QuadSampler.Sample(picture, lines[i], pixels, width, LineCrop.Height);
            TensorPacking.PackPlanarBgr(
                pixels, width, LineCrop.Height, tensor.Slice(i * size, size), Width, ChannelScale.Symmetric, ChannelScale.Symmetric, ChannelScale.Symmetric);
        }
    }
}
