using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Foreground;

/// <summary>Serves <c>vision.segment_foreground</c>.</summary>
[Capability(
    VisionMethods.SegmentForeground,
    Summary = "Tells the people of a picture from what is behind them: a mask as PNG.",
    Example = """{"image":"@photo.jpg"}""",
    Models = ["seg-selfie"])]
internal sealed class SegmentForegroundHandler(ForegroundSegmenter segmenter) : CapabilityHandler<SegmentForegroundRequest, SegmentForegroundResponse>
{
    public override async ValueTask<SegmentForegroundResponse> HandleAsync(SegmentForegroundRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var mask = await segmenter.SegmentAsync(request.Image, request.Model, context.Models, cancellationToken).ConfigureAwait(false);
        return new SegmentForegroundResponse
        {
            Mask = mask.Png,
            Coverage = mask.Coverage,
            Width = (int)mask.Size.X,
            Height = (int)mask.Size.Y,
            Models = [mask.Model],
        };
    }
}
