using System.Globalization;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Models;

/// <summary>Chooses the model that serves a call. No state.</summary>
internal static class ModelChoice
{
    /// <summary>The property that names a model's family.</summary>
    public const string FamilyProperty = "family";

    // Of the models on the device the one with the highest number serves: 0 if the manifest does not say.
    private const string QualityProperty = "quality";

    /// <summary>The model that a call names, or the best one on the device: the one with the highest <c>quality</c>. Where none is there, the default one, whose lease says how to get it.</summary>
    /// <param name="models">Where models come from.</param>
    /// <param name="task">The task.</param>
    /// <param name="named">What the call names; null: it leaves the choice to the plugin.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>The model's id.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no model of that name is known for the task.</exception>
    public static async ValueTask<string> ChooseAsync<TFamily>(IModelProvider models, PictureTask<TFamily> task, string? named, CancellationToken cancellationToken)
        where TFamily : PictureFamily
    {
        var known = await models.ListAsync(task.Name, cancellationToken).ConfigureAwait(false);
        if (named is not null) return Named(known, named, task.Name, task.DefaultModel);
        return Best(known.Where(model => task.Families.Any(family => family.Name == model.Properties.GetValueOrDefault(FamilyProperty)))) ?? task.DefaultModel;
    }

    /// <summary>The best of some models; null if there are none.</summary>
    /// <param name="models">As <see cref="IModelProvider.ListAsync"/> orders them: those on the device first, of each the default.</param>
    public static string? Best(IEnumerable<AvailableModel> models)
    {
        AvailableModel? best = null;
        foreach (var model in models)
        {
            if (best is null || (model.IsInstalled && (!best.IsInstalled || QualityOf(model) > QualityOf(best)))) best = model;
        }

        return best?.Id;
    }

    /// <summary>The model that a call names.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: it is not among those known.</exception>
    public static string Named(IReadOnlyList<AvailableModel> known, string named, string task, string fallback)
    {
        var id = named.Split('@')[0];
        if (known.Any(model => model.Id == id) || (known.Count == 0 && id == fallback)) return named;
        var names = known.Count == 0 ? fallback : string.Join(", ", known.Select(static model => model.Id));
        throw new EdgeHostException(ErrorCode.NotFound, $"There is no model '{named}' for the task '{task}'; known are {names}.");
    }

    private static int QualityOf(AvailableModel model)
        => int.TryParse(model.Properties.GetValueOrDefault(QualityProperty), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quality) ? quality : 0;
}
