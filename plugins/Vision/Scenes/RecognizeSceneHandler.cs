using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Scenes;

/// <summary>Serves <c>vision.recognize_scene</c>.</summary>
[Capability(
    VisionMethods.RecognizeScene,
    Summary = "Says what kind of place a picture shows: a kitchen, a street, the sea.",
    Example = """{"image":"@photo.jpg"}""",
    Models = [SceneHead.ModelId, "det-centernet"])]
internal sealed class RecognizeSceneHandler(SceneRecognizer scenes) : CapabilityHandler<RecognizeSceneRequest, RecognizeSceneResponse>
{
    private const int DefaultTopK = 3;

    public override async ValueTask<RecognizeSceneResponse> HandleAsync(RecognizeSceneRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var found = await scenes.RecognizeAsync(request.Image, context.Models, cancellationToken).ConfigureAwait(false);
        var (label, confidence) = found.Labels[0];
        context.ReportAnswer(new AnswerReport { Label = label, Confidence = confidence });
        return new RecognizeSceneResponse
        {
            Labels = [.. found.Labels.Take(request.TopK ?? DefaultTopK).Select(static entry => new ImageLabel(entry.Label, entry.Confidence))],
            Setting = SceneSettings.Of(label),
            Models = found.Models,
        };
    }
}
