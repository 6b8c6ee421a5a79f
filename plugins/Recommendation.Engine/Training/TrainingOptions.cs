using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Networks;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>How models are searched, chosen and built. The defaults are what the documentation's figures are of.</summary>
public sealed record TrainingOptions
{
    /// <summary>What is held out of the snapshot to choose by. Its newest part by default, for lists are asked for the future.</summary>
    public HoldOut Validation { get; init; } = new();

    /// <summary>The kinds that take part, as far as there is enough to build them of.</summary>
    public IReadOnlyList<ScorerKind> Kinds { get; init; } =
        [ScorerKind.Popularity, ScorerKind.ItemToItem, ScorerKind.Linear, ScorerKind.Factors, ScorerKind.Pairwise, ScorerKind.Content, ScorerKind.Sequence, ScorerKind.Towers];

    /// <summary>The length of the lists that choices are made by.</summary>
    public int Count { get; init; } = 10;

    /// <summary>The most users that are asked for; the same ones for each model.</summary>
    public int MaxValidationUsers { get; init; } = 400;

    /// <summary>With fewer held-out items nothing can be chosen, and fixed weights are taken.</summary>
    public int LeastHeldOut { get; init; } = 20;

    /// <summary>With more pairs of a user and an item the search is made on some of the users; what it chose is built on all.</summary>
    public int MaxSearchInteractions { get; init; } = 400_000;

    /// <summary>With more items the search is made on those that most users met; what it chose is built on all. At least 1.</summary>
    public int MaxSearchItems { get; init; } = 50_000;

    /// <summary>The items of the linear model while its penalty is searched.</summary>
    public int MaxSearchLinearItems { get; init; } = 1500;

    /// <summary>The items of the linear model that is kept: the most frequent; the others have no row in it.</summary>
    public int MaxLinearItems { get; init; } = 4000;

    /// <summary>Trains the towers; null leaves them out.</summary>
    public INetworkTrainer? Networks { get; init; }

    /// <summary>With fewer pairs of a user and an item the towers take no part: a network learns nothing of so few.</summary>
    public int LeastTowerInteractions { get; init; } = 500;

    /// <summary>The most threads; results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the model keeps kinds that have no weight in it, to look at.</summary>
    public bool KeepUnused { get; init; }

    /// <summary>Of everything that is random.</summary>
    public ulong Seed { get; init; } = 1;
}
