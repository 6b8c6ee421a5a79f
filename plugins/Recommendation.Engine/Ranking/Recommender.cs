using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>
/// Answers questions with one model: lists for a user, items like an item, what comes next, reasons. Immutable; any number of threads may ask.
/// </summary>
/// <param name="model">The model, of the described catalogue (<see cref="RecommendationModel.For"/>).</param>
public sealed class Recommender(RecommendationModel model)
{
    private const int MostCount = 10_000;

    // Diversity and caps need more than the list to choose from.
    private const int LeastPool = 100;
    private const int PoolFactor = 5;

    private readonly ItemComparer _comparer = new(model.Members);

    /// <summary>The model.</summary>
    public RecommendationModel Model => model;

    /// <summary>A list for a user.</summary>
    /// <param name="history">What the user did, with events up to now.</param>
    /// <param name="query">What list.</param>
    /// <returns>The list, the best first; shorter where filters and caps leave less.</returns>
    /// <exception cref="EdgeHostException">Something of the query is out of range (<see cref="ErrorCode.InvalidArgument"/>).</exception>
    public IReadOnlyList<RecommendedItem> Recommend(UserHistory history, RecommendationQuery query)
    {
        Check(query);
        using var scores = model.Scorer.For(history);
        var pool = query.Candidates is { } candidates ? Rank(scores, candidates, query.Allowed) : Find(scores, history, query);
        var placed = new ListMaker(query, model.Catalogue, _comparer).Make(pool);
        var list = new RecommendedItem[placed.Count];
        for (var i = 0; i < list.Length; i++)
        {
            var (item, score, propensity) = placed[i];
            list[i] = new RecommendedItem(item, model.Catalogue.Ids[item], score, propensity, ReasonsOf(scores, item, query.Reasons));
        }

        return list;
    }

    /// <summary>Items that go with an item: those of a user who met just this one. The item itself is not among them.</summary>
    public IReadOnlyList<RecommendedItem> Similar(int item, RecommendationQuery query)
        => Recommend(UserHistory.Of(item), query with { ExcludeSeen = true });

    /// <summary>All parts of an item's score for a user, the largest amounts first. They add up to the score.</summary>
    public IReadOnlyList<Contribution> Explain(UserHistory history, int item)
    {
        if (item < 0 || item >= model.Catalogue.Count) throw Wrong($"There is no item of the number {item}.");
        using var scores = model.Scorer.For(history);
        return PartsOf(scores, item);
    }

    private static Contribution[] PartsOf(HistoryScores scores, int item)
    {
        var parts = new List<Contribution>();
        scores.Explain(item, parts);
        // Several members may speak of one item of the history: a reader wants one sentence of it.
        return
        [
            .. parts.GroupBy(static part => (part.Kind, part.Item, part.Feature))
                .Select(static group => new Contribution(group.Key.Kind, group.Key.Item, group.Key.Feature, group.Sum(static part => part.Value)))
                .OrderByDescending(static part => Math.Abs(part.Value)).ThenBy(static part => part.Kind).ThenBy(static part => part.Item).ThenBy(static part => part.Feature, StringComparer.Ordinal),
        ];
    }

    private static Contribution[] ReasonsOf(HistoryScores scores, int item, int count)
        => count == 0 ? [] : [.. PartsOf(scores, item).Where(static part => part.Value > 0).Take(count)];

    private IReadOnlyList<(int Item, float Score)> Find(HistoryScores scores, UserHistory history, RecommendationQuery query)
    {
        var isPlain = query is { Diversity: 0, Caps.Count: 0, Exploration: null };
        var wanted = isPlain ? query.Count : Math.Max(Math.Max(LeastPool, PoolFactor * query.Count), query.Exploration?.Pool ?? 0);
        var seen = query.ExcludeSeen ? history.Items : [];
        if (query.Allowed is null)
        {
            using var met = new SeenItems(model.Catalogue.Count, seen);
            return scores.Top(wanted, met.Set);
        }

        var excluded = query.Allowed.Complement();
        foreach (var item in seen) excluded.Add(item);
        return scores.Top(wanted, excluded);
    }

    private static (int Item, float Score)[] Rank(HistoryScores answers, IReadOnlyList<int> candidates, ItemSet? allowed)
    {
        int[] items = [.. candidates.Where(item => allowed?.Contains(item) != false).Distinct()];
        var scores = new float[items.Length];
        answers.ScoreSome(items, scores);
        var ranked = items.Zip(scores, static (item, score) => (Item: item, Score: score)).ToArray();
        Array.Sort(ranked, static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        return ranked;
    }

    private void Check(RecommendationQuery query)
    {
        if (query.Count is < 1 or > MostCount) throw Wrong($"A list of {query.Count} items was asked for; it may be of 1 to {MostCount}.");
        if (!(query.Diversity is >= 0 and <= 1)) throw Wrong($"The diversity is {query.Diversity}; it must be from 0 to 1.");
        if (query.Reasons < 0) throw Wrong($"{query.Reasons} reasons were asked for; it must be 0 or more.");
        if (query.Allowed is { } allowed && allowed.Capacity != model.Catalogue.Count) throw Wrong("The allowed items are of another catalogue.");
        if (query.Candidates?.Any(item => item < 0 || item >= model.Catalogue.Count) == true) throw Wrong("A candidate is not an item of the catalogue.");
        if (query.Caps.FirstOrDefault(static cap => cap.Most < 1) is { } cap) throw Wrong($"The cap of '{cap.Attribute}' is {cap.Most}; it must be at least 1.");
        if (query.Exploration is not { } exploration) return;
        if (!(exploration.PriorStrength > 0) || !double.IsFinite(exploration.PriorStrength)) throw Wrong($"The prior's strength is {exploration.PriorStrength}; it must be above 0.");
        if (!(exploration.Floor is >= 0 and <= 1)) throw Wrong($"The floor of exploration is {exploration.Floor}; it must be from 0 to 1.");
        if (exploration.Pool is < 2 or > 1000) throw Wrong($"The pool of exploration is {exploration.Pool}; it must be from 2 to 1000.");
    }

    private static EdgeHostException Wrong(string message) => new(ErrorCode.InvalidArgument, message);
}
