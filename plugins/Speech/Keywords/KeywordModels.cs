using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Keywords.Heads;

namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>
/// The keywords that have models, and which of them are on the device. It knows those that the plugin describes; the one place to change when hosts tell plugins the models of
/// a task. Thread-safe.
/// </summary>
internal sealed class KeywordModels
{
    /// <summary>The model of "alexa".</summary>
    public const string Alexa = Prefix + "alexa";

    /// <summary>The model of "hey jarvis".</summary>
    public const string HeyJarvis = Prefix + "hey-jarvis";

    /// <summary>The model of "hey mycroft".</summary>
    public const string HeyMycroft = Prefix + "hey-mycroft";

    // Models of keywords are called so and the keyword's id.
    private const string Prefix = "keyword-";
    private const string NonCommercial = "CC-BY-NC-SA-4.0";
    private static readonly KnownKeyword[] Described = [Describe(Alexa), Describe(HeyJarvis), Describe(HeyMycroft)];

    /// <summary>All of them, by id.</summary>
    public IReadOnlyList<KnownKeyword> Known => Described;

    /// <summary>Opens a keyword.</summary>
    /// <param name="keyword">One of <see cref="Known"/>.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The keyword; null: its model is not on the device.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> says, or the model is none of a keyword.</exception>
    public async ValueTask<IKeywordHead?> TryOpenAsync(KnownKeyword keyword, IModelProvider models, CancellationToken cancellationToken)
    {
        IModelLease lease;
        try
        {
            lease = await models.LeaseAsync(keyword.Model, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.FailedPrecondition or ErrorCode.NotFound)
        {
            return null;
        }

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

    private static KnownKeyword Describe(string model) => new(model[Prefix.Length..], model, NonCommercial, $"edgehost models pull {model} --accept-license");
}
