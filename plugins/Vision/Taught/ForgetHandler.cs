using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>Serves <c>vision.forget</c>.</summary>
[Capability(VisionMethods.Forget, Summary = "Forgets a class, or a whole classifier, that the calling app taught.", Example = """{"classifier":"my-cups"}""")]
internal sealed class ForgetHandler(TaughtClassifiers classifiers, HeadTrainings trainings) : CapabilityHandler<ForgetImagesRequest, ForgetImagesResponse>
{
    public override ValueTask<ForgetImagesResponse> HandleAsync(ForgetImagesRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var wasKnown = classifiers.Forget(context.App, request.Classifier, request.Label);
        if (classifiers.Find(context.App, request.Classifier) is { } left) trainings.Notice(context.App, left, context.Trainer, isTaught: true);
        return ValueTask.FromResult(new ForgetImagesResponse { WasKnown = wasKnown });
    }
}
