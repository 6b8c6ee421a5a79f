using System.Numerics;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>Finds where text is, with PP-OCRv4's detector: float32 [1, 3, H, W] in the order B, G, R in; a probability map [1, 1, H, W] out. Thread-safe.</summary>
internal sealed class TextDetector(TextOptions options, PixelMemoryPool pool)
{
    public const string ModelId = "ocr-det";

    private const string InputName = "x";
    private const int SideStep = 32;

    // Thin strokes vanish when pixels are skipped.
    private const float DirectSampling = 1.5f;

    // The statistics of ImageNet in the order R, G, B, which the network was trained to see applied to B, G, R.
    private static readonly ChannelScale Blue = ChannelScale.Standardized(0.485f, 0.229f);
    private static readonly ChannelScale Green = ChannelScale.Standardized(0.456f, 0.224f);
    private static readonly ChannelScale Red = ChannelScale.Standardized(0.406f, 0.225f);

    private readonly RegionFinder _finder = new(options);

    /// <summary>Regions of text in the picture's pixels, in no particular order.</summary>
    public async ValueTask<List<TextRegion>> DetectAsync(PixelImage picture, IModelLease lease, CancellationToken cancellationToken)
    {
        var (width, height) = InputSize(picture.Width, picture.Height, options.DetectorSide);
        using var input = lease.CreateValue(ElementType.Float32, new TensorShape(1, 3, height, width));
        using (var scaled = PictureScaler.Scale(picture, width, height, DirectSampling, pool))
        {
            TensorPacking.PackPlanarBgr(scaled.Pixels, width, height, input.AsSpan<float>(), width, Blue, Green, Red);
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue(InputName, input)], MayRunOnCallingThread = true }, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var scale = new Vector2((float)picture.Width / width, (float)picture.Height / height);
        return _finder.Find(result[0].AsSpan<float>(), width, height, scale);
    }

    /// <summary>The detector's input size: never larger than the picture but for rounding, longest side at most <paramref name="limit"/>, multiples of 32.</summary>
    internal static (int Width, int Height) InputSize(int width, int height, int limit)
    {
        var ratio = MathF.Min(1, (float)limit / Math.Max(width, height));
        return (Round(width * ratio), Round(height * ratio));

        static int Round(float side) => Math.Max(SideStep, (int)MathF.Round(side / SideStep) * SideStep);
    }
}
