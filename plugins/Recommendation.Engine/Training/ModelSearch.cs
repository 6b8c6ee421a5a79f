using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>What variants are compared on: a split, and the users that are asked for.</summary>
internal sealed class ModelSearch
{
    private readonly TrainingOptions _options;

    public ModelSearch(Snapshot snapshot, TrainingOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        CancellationToken = cancellationToken;
        var split = options.Validation.Apply(Restricted(Sampled(snapshot, options), options));
        var asked = Enumerable.Range(0, split.Relevant.Count)
            .Where(user => split.Relevant[user].Length > 0)
            .OrderBy(user => SeededNumbers.SeedOf(options.Seed, split.Train.Users[user]))
            .Take(options.MaxValidationUsers)
            .ToHashSet();
        HeldOut = split.Relevant.Sum(static items => (long)items.Length);
        Split = new Split(split.Train, [.. split.Relevant.Select((items, user) => asked.Contains(user) ? items : [])]);
        Users = [.. asked.Order()];
    }

    public CancellationToken CancellationToken { get; }

    public Split Split { get; }

    /// <summary>How many items are held out, those of users that are not asked for included.</summary>
    public long HeldOut { get; }

    /// <summary>The users that are asked for, ascending.</summary>
    public IReadOnlyList<int> Users { get; }

    /// <summary>Whether enough is held out to compare anything.</summary>
    public bool CanCompare => Split.Relevant.Sum(static items => items.Length) >= _options.LeastHeldOut;

    public double Score(ItemScorer scorer) => Measure(scorer).NDcg;

    public RankingMetrics Measure(ItemScorer scorer) => RankingEvaluator.Evaluate(scorer, Split, _options.Count, CancellationToken);

    private static Snapshot Restricted(Snapshot snapshot, TrainingOptions options)
    {
        if (snapshot.Catalogue.Count <= options.MaxSearchItems) return snapshot;
        var items = snapshot.Columns.MostFrequent(options.MaxSearchItems);
        Array.Sort(items);
        return snapshot.Restricted(items);
    }

    // Whole users, chosen by their ids, so that the same data gives the same sample whatever else comes.
    private static Snapshot Sampled(Snapshot snapshot, TrainingOptions options)
    {
        if (snapshot.InteractionCount <= options.MaxSearchInteractions) return snapshot;
        var histories = new UserHistory[snapshot.Users.Count];
        Array.Fill(histories, UserHistory.Empty);
        var left = options.MaxSearchInteractions;
        foreach (var user in Enumerable.Range(0, histories.Length).OrderBy(user => SeededNumbers.SeedOf(options.Seed + 1, snapshot.Users[user])))
        {
            var history = snapshot.HistoryOf(user);
            if (history.Count > left) continue;
            histories[user] = history;
            left -= history.Count;
        }

        return snapshot.With(histories);
    }
}
