using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>A built model and why it is the one.</summary>
/// <param name="Model">The model, of the whole snapshot.</param>
/// <param name="Chosen">The blend, or the single kind that was at least as good.</param>
/// <param name="Validation">The figures of what was chosen on the held-out part; null where too little was held out.</param>
/// <param name="Segments">The longest histories, in items, that each weight of the reports holds for.</param>
/// <param name="Models">All kinds that took part.</param>
public sealed record TrainingResult(RecommendationModel Model, ScorerKind Chosen, RankingMetrics? Validation, IReadOnlyList<int> Segments, IReadOnlyList<ModelReport> Models)
{
    /// <summary>How many items the search looked at: fewer than the catalogue has where <see cref="TrainingOptions.MaxSearchItems"/> says so; 0 where nothing was compared.</summary>
    public int SearchedItems { get; init; }

    /// <summary>How many pairs of a user and an item it looked at, those that were held out included; 0 where nothing was compared.</summary>
    public long SearchedInteractions { get; init; }

    /// <summary>Kinds that could not be trained.</summary>
    public IReadOnlyList<LeftOutModel> LeftOut { get; init; } = [];
}
