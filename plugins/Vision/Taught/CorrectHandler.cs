using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Scenes;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>Serves <c>vision.correct</c>.</summary>
[Capability(
    VisionMethods.Correct,
    Summary = "Says what would have been right of an answer of vision.classify_image, so that the classifier learns it.",
    Example = """{"classifier":"my-cups","label":"blue cup","answer":"0123456789abcdef"}""",
    Models = [SceneHead.ModelId, "det-centernet"])]
internal sealed class CorrectHandler(ImageTeacher teacher) : CapabilityHandler<CorrectImageRequest, CorrectImageResponse>
{
    public override async ValueTask<CorrectImageResponse> HandleAsync(CorrectImageRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        teacher.Get(context.App, request.Classifier);
        var (classifier, corrected) = (request.Answer, request.Image) switch
        {
            ({ } answer, null) => teacher.Correct(context, request.Classifier, request.Label, answer),
            (null, { } image) => await teacher.TeachAsync(context, request.Classifier, request.Label, image, trains: true, cancellationToken).ConfigureAwait(false),
            _ => throw new EdgeHostException(ErrorCode.InvalidArgument, "A correction names either 'answer' or 'image'."),
        };
        return new CorrectImageResponse { Classifier = classifier.ToInfo(), Corrected = corrected };
    }
}
