using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Poses;

/// <summary>Serves <c>vision.estimate_pose</c>.</summary>
[Capability(
    VisionMethods.EstimatePose,
    Summary = "Finds the joints of the person in a picture.",
    Example = """{"image":"@photo.jpg","min_confidence":0.3}""",
    Models = ["pose-movenet"])]
internal sealed class EstimatePoseHandler(PoseEstimator estimator) : CapabilityHandler<EstimatePoseRequest, EstimatePoseResponse>
{
    public override async ValueTask<EstimatePoseResponse> HandleAsync(EstimatePoseRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var pose = await estimator.EstimateAsync(request.Image, (float?)request.MinConfidence, request.Model, context.Models, cancellationToken).ConfigureAwait(false);
        return new EstimatePoseResponse
        {
            People = pose.Points.Count == 0 ? [] : [ToPerson(pose)],
            Width = (int)pose.Size.X,
            Height = (int)pose.Size.Y,
            Models = [pose.Model],
        };
    }

    private static Person ToPerson(PoseResult pose) => new()
    {
        Confidence = pose.Points.Average(static point => point.Confidence),
        Keypoints = [.. pose.Points.Select(static point => new Keypoint(point.Name, point.Place.X, point.Place.Y, point.Confidence))],
    };
}
