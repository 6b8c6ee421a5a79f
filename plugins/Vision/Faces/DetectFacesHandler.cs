using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>Serves <c>vision.detect_faces</c>.</summary>
[Capability(
    VisionMethods.DetectFaces,
    Summary = "Finds faces in a picture, with a box and six points for each.",
    Example = """{"image":"@photo.jpg","range":"auto","min_confidence":0.75}""",
    Models = [FaceDetector.FarModelId, FaceDetector.NearModelId])]
internal sealed class DetectFacesHandler(FaceDetector detector) : CapabilityHandler<DetectFacesRequest, DetectFacesResponse>
{
    public override async ValueTask<DetectFacesResponse> HandleAsync(
        DetectFacesRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var found = await detector
            .DetectAsync(request.Image, request.Range ?? FaceRange.Auto, (float?)request.MinConfidence, context.Models, cancellationToken)
            .ConfigureAwait(false);
        return new DetectFacesResponse
        {
            Faces = [.. found.Faces.Take(request.MaxResults ?? int.MaxValue).Select(ToFace)],
            Width = found.Width,
            Height = found.Height,
            Models = found.Model is { } model ? [$"{model.Id}@{model.Version}"] : [],
        };
    }

    private static Face ToFace(DetectedFace face)
    {
        var size = face.BottomRight - face.TopLeft;
        return new Face
        {
            Confidence = face.Confidence,
            Box = new Box(face.TopLeft.X, face.TopLeft.Y, size.X, size.Y),
            Landmarks = [.. face.Landmarks.Select(static (point, i) => new Landmark(FaceDetector.LandmarkNames[i], point.X, point.Y))],
        };
    }
}
