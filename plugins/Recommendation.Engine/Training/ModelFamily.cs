using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>A kind of model, its variants and how they are built.</summary>
internal abstract class ModelFamily(ScorerKind kind)
{
    public ScorerKind Kind => kind;

    /// <summary>Finds the best variant on the training part of a split.</summary>
    public abstract ValueTask<Candidate> SearchAsync(ModelSearch search);

    /// <summary>The variant to take where nothing can be compared.</summary>
    public abstract Candidate Default();

    /// <summary>A variant and how to build it on any snapshot.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="Options">What it is, for people.</param>
    /// <param name="Trials">How many variants were compared.</param>
    /// <param name="Scorer">The variant on the training part; null where nothing was compared.</param>
    /// <param name="BuildAsync">Builds it.</param>
    internal sealed record Candidate(ScorerKind Kind, string Options, int Trials, ItemScorer? Scorer, Func<Snapshot, CancellationToken, ValueTask<ItemScorer>> BuildAsync);
}
