using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Keywords.Heads;

namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>The keywords that have models: whatever manifest says the task is a keyword, on the device or not. No state.</summary>
internal static class KeywordModels
{
    /// <summary>The task of such models.</summary>
    public const string Task = "keyword";

    // The keyword's id is the model's, without this.
    private const string Prefix = "keyword-";

    /// <summary>All of them.</summary>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>By id.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.ListAsync"/> says.</exception>
    public static async ValueTask<IReadOnlyList<KnownKeyword>> ListAsync(IModelProvider models, CancellationToken cancellationToken)
        =>
        [
            .. (await models.ListAsync(Task, cancellationToken).ConfigureAwait(false)).Select(Describe).DistinctBy(static known => known.Keyword, StringComparer.Ordinal)
                .OrderBy(static known => known.Keyword, StringComparer.Ordinal),
        ];

    /// <summary>Opens a keyword.</summary>
    /// <param name="keyword">It.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> says, or the model is none of a keyword.</exception>
    public static async ValueTask<IKeywordHead> OpenAsync(KnownKeyword keyword, IModelProvider models, CancellationToken cancellationToken)
    {
        var lease = await models.LeaseAsync(keyword.Model, cancellationToken).ConfigureAwait(false);
        try
        {
            return new ModelHead(keyword.Keyword, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private static KnownKeyword Describe(AvailableModel model)
        => new(model.Id.StartsWith(Prefix, StringComparison.Ordinal) ? model.Id[Prefix.Length..] : model.Id, model.Id, model.Licence, model.IsInstalled, model.PullCommand);
}
