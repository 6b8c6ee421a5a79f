using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Blending;
using EdgeHost.Plugins.Recommendation.Engine.Models.Content;

namespace EdgeHost.Plugins.Recommendation.Engine;

/// <summary>
/// What a build makes and a restart reads: a scorer and the items that its numbers mean. Immutable; any number of threads may read it.
/// </summary>
/// <param name="catalogue">The items by number.</param>
/// <param name="scorer">Scores them.</param>
/// <param name="ratings">The lowest and the highest rating of the snapshot, for <see cref="HistoryReader"/>.</param>
public sealed class RecommendationModel(Catalogue catalogue, ItemScorer scorer, (double Lowest, double Highest) ratings)
{
    /// <summary>The items by number. Of a model that was read from a stream they have ids alone; <see cref="For"/> gives it the described ones.</summary>
    public Catalogue Catalogue { get; } = catalogue;

    /// <summary>The scorer: a blend, or the one model that was better than any blend.</summary>
    public ItemScorer Scorer { get; } = scorer;

    /// <summary>The lowest and the highest rating of the snapshot.</summary>
    public (double Lowest, double Highest) Ratings { get; } = ratings;

    /// <summary>The models that take part: the blend's members, or the scorer itself.</summary>
    public IReadOnlyList<ItemScorer> Members => Scorer is BlendScorer blend ? blend.Members : [Scorer];

    /// <summary>
    /// The same model for the items as they are now: items that went are gone from it, items that came are known by what they are (the content model is made anew, the others wait for the next
    /// build). Histories and results of the new model are in the numbers of <paramref name="current"/>.
    /// </summary>
    /// <param name="current">The items now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public RecommendationModel For(Catalogue current, CancellationToken cancellationToken = default)
    {
        if (ReferenceEquals(current, Catalogue)) return this;
        var map = Catalogue.MapTo(current);
        var mapped = map is null ? Scorer : Scorer.Mapped(map, current.Count);
        return new RecommendationModel(current, Refreshed(mapped, current, cancellationToken), Ratings);
    }

    /// <summary>The same model with descriptions of its items, which are what it was built of; null if the items are others.</summary>
    /// <param name="described">The items.</param>
    public RecommendationModel? Described(Catalogue described) => Catalogue.MapTo(described) is null && described.Count == Catalogue.Count ? new RecommendationModel(described, Scorer, Ratings) : null;

    private static ItemScorer Refreshed(ItemScorer scorer, Catalogue current, CancellationToken cancellationToken) => scorer switch
    {
        ContentScorer content => ContentBuilder.Build(current, content.Options, cancellationToken),
        BlendScorer blend => blend.With([.. blend.Members.Select(member => Refreshed(member, current, cancellationToken))]),
        _ => scorer,
    };
}
