using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Scenes;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>Serves <c>vision.teach</c>.</summary>
[Capability(
    VisionMethods.Teach,
    Summary = "Shows the device a picture of a class of one's own; vision.classify_image knows it at once.",
    Example = """{"classifier":"my-cups","label":"blue cup","image":"@cup.jpg"}""",
    Models = [SceneHead.ModelId, "det-centernet"])]
internal sealed class TeachHandler(ImageTeacher teacher) : CapabilityHandler<TeachImageRequest, TeachImageResponse>
{
    public override async ValueTask<TeachImageResponse> HandleAsync(TeachImageRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var (classifier, corrected) = await teacher.TeachAsync(context, request.Classifier, request.Label, request.Image, request.Train ?? true, cancellationToken).ConfigureAwait(false);
        return new TeachImageResponse { Classifier = classifier.ToInfo(), Corrected = corrected };
    }
}
