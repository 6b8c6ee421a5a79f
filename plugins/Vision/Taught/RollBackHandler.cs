using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>Serves <c>vision.rollback</c>.</summary>
[Capability(VisionMethods.RollBack, Summary = "Makes the version before serve again, of a classifier that the calling app taught.", Example = """{"classifier":"my-cups"}""")]
internal sealed class RollBackHandler(ImageTeacher teacher) : CapabilityHandler<RollBackClassifierRequest, RollBackClassifierResponse>
{
    public override ValueTask<RollBackClassifierResponse> HandleAsync(RollBackClassifierRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var (from, classifier) = teacher.RollBack(context, request.Classifier);
        return ValueTask.FromResult(new RollBackClassifierResponse { From = from, Classifier = classifier.ToInfo() });
    }
}
