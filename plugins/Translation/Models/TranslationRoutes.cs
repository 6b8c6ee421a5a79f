using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Models;

/// <summary>What can be translated into what with the models that the host knows. Immutable.</summary>
internal sealed class TranslationRoutes
{
    private const string Pivot = "en";
    private readonly IReadOnlyList<TranslationModel> _models;

    private TranslationRoutes(IReadOnlyList<TranslationModel> models) => _models = models;

    /// <summary>Asks the host.</summary>
    public static async ValueTask<TranslationRoutes> OfAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var known = await models.ListAsync(TranslationModel.TaskName, cancellationToken).ConfigureAwait(false);
        return new TranslationRoutes([.. known.Select(TranslationModel.Read).OfType<TranslationModel>()]);
    }

    /// <summary>Whether something on the device reads a language.</summary>
    public bool Reads(string source) => _models.Any(model => model.IsInstalled && model.Source == source);

    /// <summary>Every pair: what is on the device first, then by source and target.</summary>
    public IReadOnlyList<TranslationRoute> All()
    {
        var sources = _models.Select(static model => model.Source).Distinct().ToArray();
        var targets = _models.Select(static model => model.Target).Distinct().ToArray();
        return [.. from source in sources
                   from target in targets
                   where source != target
                   let route = Best(source, target)
                   where route is not null
                   orderby route.IsInstalled descending, source, target
                   select route];
    }

    /// <summary>Finds the way: one model if there is one on the device, else two that are, through English or another language.</summary>
    /// <param name="source">What the text is in, as <see cref="LanguageCode"/>.</param>
    /// <param name="target">What is wanted, likewise.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: nothing on the device does it, with what there is and the command that gets it;
    /// <see cref="ErrorCode.NotFound"/>: no model that the host knows does it.</exception>
    public TranslationRoute Find(string source, string target)
    {
        if (source == target) return new TranslationRoute([], [source]);
        var best = Best(source, target);
        if (best is { IsInstalled: true }) return best;
        var there = string.Join(", ", All().Where(static route => route.IsInstalled).Select(static route => $"{route.Languages[0]}-{route.Languages[^1]}"));
        there = there.Length > 0 ? $"there is {there}" : "there is no model of any language";
        if (best is not null)
        {
            var commands = string.Join(" and ", best.Steps.Where(static step => !step.IsInstalled).Select(static step => $"'{step.PullCommand}'"));
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"Nothing on this device translates from '{source}' into '{target}' ({there}); {commands} gets it.");
        }

        throw new EdgeHostException(
            ErrorCode.NotFound,
            $"No model translates from '{source}' into '{target}' ({there}); 'edgehost models import hf:Xenova/opus-mt-{source}-{target} --id opus-mt-{source}-{target}' gets one where the hub has it, see docs/translation.md.");
    }

    private TranslationRoute? Best(string source, string target)
    {
        if (Direct(source, target) is { IsInstalled: true } direct) return Through(direct);
        var missing = Direct(source, target);
        var pairs =
            from first in _models
            where first.Source == source && first.Target != target
            from second in _models
            where second.Source == first.Target && second.Target == target
            orderby first.IsInstalled && second.IsInstalled descending, first.Target == Pivot descending
            select Through(first, second);
        var pivot = pairs.FirstOrDefault();
        if (pivot is { IsInstalled: true }) return pivot;
        return missing is not null ? Through(missing) : pivot;
    }

    // Those on the device come first, and of them the default.
    private TranslationModel? Direct(string source, string target) => _models.FirstOrDefault(model => model.Source == source && model.Target == target);

    private static TranslationRoute Through(params TranslationModel[] steps) => new(steps, [steps[0].Source, .. steps.Select(static step => step.Target)]);
}
