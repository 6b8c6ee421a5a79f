using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>One direction in which a model's options vary.</summary>
/// <param name="Variants">Other options than the given ones.</param>
/// <param name="Rescore">Makes the variant of a built model where that needs no build, or null.</param>
internal sealed record Axis<TOptions>(Func<TOptions, IEnumerable<TOptions>> Variants, Func<ItemScorer, TOptions, ItemScorer>? Rescore = null);
