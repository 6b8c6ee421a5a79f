using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>
/// Fills a list place by place from scored items: each place takes the largest (1 - d) relevance - d similarity to what is placed already (Carbonell, Goldstein: maximal marginal relevance, SIGIR
/// 1998) among items that no cap bars. Relevance is the score between the lowest and the highest of the pool, 0 to 1; with exploration it is drawn (Thompson), and the probability of what was
/// drawn is worked out.
/// </summary>
internal sealed class ListMaker(RecommendationQuery query, Catalogue catalogue, ItemComparer comparer)
{
    // A chance is never certain before it was tried.
    private const double LeastPrior = 0.02;
    private const double MostPrior = 0.9;

    private readonly Dictionary<(string Attribute, string Value), int> _used = [];

    public IReadOnlyList<(int Item, float Score, double Propensity)> Make(IReadOnlyList<(int Item, float Score)> pool)
    {
        var list = new List<(int Item, float Score, double Propensity)>(Math.Min(query.Count, pool.Count));
        var left = pool.ToList();
        var similar = new Dictionary<int, double>();
        var (highest, lowest) = pool.Count == 0 ? (1, 0) : (pool.Max(static x => x.Score), pool.Min(static x => x.Score));
        var random = query.Exploration is { } exploration ? new SeededNumbers(exploration.Seed) : null;
        while (list.Count < query.Count)
        {
            left.RemoveAll(x => IsBarred(x.Item));
            if (left.Count == 0) break;
            // Beyond the pool of exploration the rest follows in its order, each with certainty.
            var open = random is null ? left.Count : Math.Min(left.Count, query.Exploration!.Pool);
            var means = new double[open];
            var deviations = new double[open];
            for (var i = 0; i < open; i++)
            {
                var relevance = highest > lowest ? (left[i].Score - lowest) / (double)(highest - lowest) : 1;
                var (mean, deviation) = random is null ? (relevance, 0) : Posterior(query.Exploration!, left[i].Item, relevance);
                means[i] = ((1 - query.Diversity) * mean) - (query.Diversity * similar.GetValueOrDefault(left[i].Item));
                deviations[i] = (1 - query.Diversity) * deviation;
            }

            var (place, propensity) = random is null ? (Largest(means), 1) : Draw(random, query.Exploration!.Floor, means, deviations);
            var (item, score) = left[place];
            list.Add((item, score, propensity));
            left.RemoveAt(place);
            Use(item);
            if (query.Diversity <= 0) continue;
            foreach (var (other, _) in left) similar[other] = Math.Max(similar.GetValueOrDefault(other), comparer.Compare(item, other));
        }

        return list;
    }

    // Mean and deviation of the Beta distribution of the chance to be taken.
    private static (double Mean, double Deviation) Posterior(ExplorationOptions options, int item, double relevance)
    {
        var prior = LeastPrior + ((MostPrior - LeastPrior) * relevance);
        var feedback = options.Feedback.GetValueOrDefault(item);
        var shown = Math.Max(0, feedback.Shown);
        var (a, b) = ((options.PriorStrength * prior) + Math.Clamp(feedback.Rewarded, 0, shown), (options.PriorStrength * (1 - prior)) + shown - Math.Clamp(feedback.Rewarded, 0, shown));
        var sum = a + b;
        return (a / sum, Math.Sqrt(a * b / (sum * sum * (sum + 1))));
    }

    private static (int Place, double Propensity) Draw(SeededNumbers random, double floor, double[] means, double[] deviations)
    {
        var even = random.NextDouble() < floor;
        var place = random.NextInt(means.Length);
        if (!even)
        {
            var drawn = new double[means.Length];
            for (var i = 0; i < drawn.Length; i++) drawn[i] = means[i] + (deviations[i] * random.NextNormal());
            place = Largest(drawn);
        }

        // With full diversity nothing is random but the floor.
        var chosen = deviations[place] > 0 ? GaussianChoice.ProbabilityOf(place, means, deviations) : place == Largest(means) ? 1 : 0;
        return (place, (floor / means.Length) + ((1 - floor) * chosen));
    }

    private static int Largest(double[] values)
    {
        var place = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[place]) place = i;
        }

        return place;
    }

    private bool IsBarred(int item)
    {
        foreach (var cap in query.Caps)
        {
            foreach (var value in ValuesOf(item, cap.Attribute))
            {
                if (_used.GetValueOrDefault((cap.Attribute, value)) >= cap.Most) return true;
            }
        }

        return false;
    }

    private void Use(int item)
    {
        foreach (var cap in query.Caps)
        {
            foreach (var value in ValuesOf(item, cap.Attribute).Distinct(StringComparer.Ordinal)) _used[(cap.Attribute, value)] = _used.GetValueOrDefault((cap.Attribute, value)) + 1;
        }
    }

    private IEnumerable<string> ValuesOf(int item, string attribute)
    {
        if (catalogue.Find(item) is not { } described) return [];
        if (attribute == AttributeIndex.Tags) return described.Tags;
        return described.Attributes.TryGetValue(attribute, out var value) ? value.Number is { } number ? [number.ToString("R")] : value.Texts : [];
    }
}
