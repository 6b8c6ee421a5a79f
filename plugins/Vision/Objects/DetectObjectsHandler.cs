using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>Serves <c>vision.detect_objects</c>.</summary>
[Capability(
    VisionMethods.DetectObjects,
    Summary = "Finds people, animals, vehicles and other everyday things in a picture, with a label and a box for each.",
    Example = """{"image":"@photo.jpg","min_confidence":0.4,"max_results":20}""",
    Models = ["yolox-nano"])]
internal sealed class DetectObjectsHandler(ObjectDetector detector) : CapabilityHandler<DetectObjectsRequest, DetectObjectsResponse>
{
    public override async ValueTask<DetectObjectsResponse> HandleAsync(DetectObjectsRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var wish = new ObjectWish
        {
            MinConfidence = (float?)request.MinConfidence,
            MaxResults = request.MaxResults ?? ObjectWish.Default.MaxResults,
            Labels = request.Labels ?? [],
            Model = request.Model,
        };
        var found = await detector.DetectAsync(request.Image, wish, context.Models, cancellationToken).ConfigureAwait(false);
        return new DetectObjectsResponse
        {
            Objects = [.. found.Objects.Select(static thing => new DetectedObject
            {
                Label = thing.Label,
                Confidence = thing.Confidence,
                Box = new Box(thing.Box.TopLeft.X, thing.Box.TopLeft.Y, thing.Box.Size.X, thing.Box.Size.Y),
            })],
            Width = (int)found.Size.X,
            Height = (int)found.Size.Y,
            Models = [found.Model],
        };
    }
}
