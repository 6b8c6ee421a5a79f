using EdgeHost.Capabilities.Translation;
using EdgeHost.Plugins.Translation.Detection;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Translation.Handlers;

/// <summary>Serves <c>translation.detect_language</c>.</summary>
[Capability(TranslationMethods.DetectLanguage, Summary = "Tells what language a text is in.", Example = """{"text":"Where is the station?"}""")]
internal sealed class DetectLanguageHandler(LanguageTeller teller) : CapabilityHandler<DetectLanguageRequest, DetectLanguageResponse>
{
    public override ValueTask<DetectLanguageResponse> HandleAsync(DetectLanguageRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Text)) throw new EdgeHostException(ErrorCode.InvalidArgument, "The text is empty; give at least a word.");
        var candidates = teller.Tell(request.Text);
        return ValueTask.FromResult(new DetectLanguageResponse
        {
            Language = candidates.Count > 0 ? candidates[0].Language : LanguageCode.Undetermined,
            Confidence = candidates.Count > 0 ? candidates[0].Confidence : 0,
            Candidates = [.. candidates.Select(static one => new LanguageCandidate { Language = one.Language, Confidence = one.Confidence })],
        });
    }
}
