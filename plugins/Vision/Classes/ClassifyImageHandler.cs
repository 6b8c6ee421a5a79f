using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Classes;

/// <summary>Serves <c>vision.classify_image</c>.</summary>
[Capability(
    VisionMethods.ClassifyImage,
    Summary = "Says what a picture shows, as one of a set of classes.",
    Example = """{"image":"@photo.jpg","top_k":5}""")]
internal sealed class ClassifyImageHandler(ImageClassifier classifier) : CapabilityHandler<ClassifyImageRequest, ClassifyImageResponse>
{
    private const int DefaultTopK = 5;

    public override async ValueTask<ClassifyImageResponse> HandleAsync(ClassifyImageRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Classifier is { } name) throw new EdgeHostException(ErrorCode.NotFound, $"There is no classifier '{name}'; leave 'classifier' out for the classes of a model.");
        var found = await classifier
            .ClassifyAsync(request.Image, request.TopK ?? DefaultTopK, (float)(request.MinConfidence ?? 0), request.Model, context.Models, cancellationToken)
            .ConfigureAwait(false);
        return new ClassifyImageResponse
        {
            Labels = [.. found.Labels.Select(static entry => new ImageLabel(entry.Label, entry.Confidence))],
            Classifier = found.Classes,
            Models = [found.Model],
        };
    }
}
