using EdgeHost.Capabilities.Speech;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Keywords.Personal;

/// <summary>Serves <c>speech.forget_keyword</c>.</summary>
[Capability(SpeechMethods.ForgetKeyword, Summary = "Forgets a keyword that the calling app taught.", Example = """{"keyword":"my-word"}""")]
internal sealed class ForgetKeywordHandler(PersonalKeywords personal) : CapabilityHandler<ForgetKeywordRequest, ForgetKeywordResponse>
{
    public override ValueTask<ForgetKeywordResponse> HandleAsync(ForgetKeywordRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => ValueTask.FromResult(new ForgetKeywordResponse { WasKnown = personal.Forget(context.App, request.Keyword) });
}
