using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>A kind of model that took no part because it could not be trained here, or not now.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Problem">Why, for people.</param>
public sealed record LeftOutModel(ScorerKind Kind, string Problem);
