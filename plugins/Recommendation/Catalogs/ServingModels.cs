using EdgeHost.Plugins.Recommendation.Engine;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>The models of a catalogue for the items as they are, ready to answer. Immutable, thread-safe.</summary>
internal sealed class ServingModels(RecommendationModel model, EventWeights weights, long version, long itemsStamp)
{
    private readonly Lazy<AttributeIndex> _attributes = new(() => new AttributeIndex(model.Catalogue));

    /// <summary>Answers questions.</summary>
    public Recommender Recommender { get; } = new(model);

    /// <summary>The items by number.</summary>
    public Catalogue Catalogue => model.Catalogue;

    /// <summary>Which items have which attributes; made by the first filter.</summary>
    public AttributeIndex Attributes => _attributes.Value;

    /// <summary>The version, 0 for models made before the first build.</summary>
    public long Version => version;

    /// <summary>Which items it knows, as <see cref="CatalogContents.Stamp"/>.</summary>
    public long ItemsStamp => itemsStamp;

    /// <summary>Reads events into histories by its items.</summary>
    public HistoryReader Histories { get; } = new(model.Catalogue, weights, model.Ratings);

    /// <summary>The kinds that take part, for people.</summary>
    public string Label { get; } = model.Scorer.Kind == ScorerKind.Blend
        ? $"blend({string.Join('+', model.Members.Select(static member => ModelNames.Of(member.Kind)))})"
        : ModelNames.Of(model.Scorer.Kind);
}
