using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>Serves <c>vision.classifiers</c>.</summary>
[Capability(VisionMethods.Classifiers, Summary = "Lists the classifiers that the calling app taught.", Example = "{}")]
internal sealed class ClassifiersHandler(TaughtClassifiers classifiers, HeadTrainings trainings) : CapabilityHandler<ClassifiersRequest, ClassifiersResponse>
{
    public override ValueTask<ClassifiersResponse> HandleAsync(ClassifiersRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var known = classifiers.List(context.App);
        foreach (var classifier in known) trainings.Notice(context.App, classifier, context.Trainer, isTaught: false);
        return ValueTask.FromResult(new ClassifiersResponse { Classifiers = [.. known.Select(static classifier => classifier.ToInfo())] });
    }
}
