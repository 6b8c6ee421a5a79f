using EdgeHost.Capabilities.Translation;
using EdgeHost.Plugins.Translation.Detection;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Translation.Handlers;

/// <summary>Serves <c>translation.languages</c>.</summary>
[Capability(TranslationMethods.Languages, Summary = "Lists what can be translated into what.", Tasks = [TranslationModel.TaskName])]
internal sealed class LanguagesHandler : CapabilityHandler<LanguagesRequest, LanguagesResponse>
{
    public override async ValueTask<LanguagesResponse> HandleAsync(LanguagesRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var routes = await TranslationRoutes.OfAsync(context.Models, cancellationToken).ConfigureAwait(false);
        var (source, target) = (request.Source is null ? null : LanguageCode.Of(request.Source), request.Target is null ? null : LanguageCode.Of(request.Target));
        return new LanguagesResponse
        {
            Pairs = [.. routes.All().Where(route => (source ?? route.Languages[0]) == route.Languages[0] && (target ?? route.Languages[^1]) == route.Languages[^1]).Select(Describe)],
            Detected = LanguageTeller.Languages,
        };
    }

    private static LanguagePair Describe(TranslationRoute route) => new()
    {
        Source = route.Languages[0],
        Target = route.Languages[^1],
        Via = route.Languages.Count > 2 ? route.Languages[1] : null,
        Models = [.. route.Steps.Select(static step => step.Id)],
        IsAvailable = route.IsInstalled,
        Hint = route.IsInstalled ? null : string.Join(" && ", route.Steps.Where(static step => !step.IsInstalled).Select(static step => step.PullCommand)),
    };
}
