using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>Serves <c>vision.classifiers</c>.</summary>
[Capability(VisionMethods.Classifiers, Summary = "Lists the classifiers that the calling app taught.", Example = "{}")]
internal sealed class ClassifiersHandler(TaughtClassifiers classifiers) : CapabilityHandler<ClassifiersRequest, ClassifiersResponse>
{
    public override ValueTask<ClassifiersResponse> HandleAsync(ClassifiersRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => ValueTask.FromResult(new ClassifiersResponse { Classifiers = [.. classifiers.List(context.App).Select(static classifier => classifier.ToInfo())] });
}
