using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Scenes;
using EdgeHost.Plugins.Vision.Taught;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Classes;

/// <summary>Serves <c>vision.classify_image</c>.</summary>
[Capability(
    VisionMethods.ClassifyImage,
    Summary = "Says what a picture shows, as one of a set of classes.",
    Example = """{"image":"@photo.jpg","top_k":5}""",
    Models = [SceneHead.ModelId, "det-centernet"])]
internal sealed class ClassifyImageHandler(ImageClassifier classifier, ImageTeacher teacher, SceneRecognizer scenes) : CapabilityHandler<ClassifyImageRequest, ClassifyImageResponse>
{
    private const int DefaultTopK = 5;

    public override async ValueTask<ClassifyImageResponse> HandleAsync(ClassifyImageRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Classifier is { } name)
        {
            var (taught, answer) = await teacher.ClassifyAsync(context, name, request.Image, cancellationToken).ConfigureAwait(false);
            return AnswerOf(taught, name, answer, request);
        }

        if (request.Model is null && await OnlyScenesAsync(context.Models, cancellationToken).ConfigureAwait(false))
        {
            return AnswerOf(await scenes.RecognizeAsync(request.Image, context.Models, cancellationToken).ConfigureAwait(false), "scenes", null, request);
        }

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

    // The classes that come with the host are better than none.
    private static async ValueTask<bool> OnlyScenesAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var known = await models.ListAsync(ClassFamily.Task.Name, cancellationToken).ConfigureAwait(false);
        return known.Count > 0 && known.All(static model => !model.IsInstalled);
    }

    private static ClassifyImageResponse AnswerOf(SceneJudgement judged, string classifier, string? answer, ClassifyImageRequest request) => new()
    {
        Labels =
        [
            .. judged.Labels.Take(request.TopK ?? DefaultTopK).Where(entry => entry.Confidence >= (request.MinConfidence ?? 0)).Select(static entry => new ImageLabel(entry.Label, entry.Confidence)),
        ],
        Classifier = classifier,
        Models = judged.Models,
        Answer = answer,
    };
}
