using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Blending;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>
/// Fits the weights of a blend on held-out items: the greedy selection of Caruana, Niculescu-Mizil, Crew, Ksikes (Ensemble selection from libraries of models, ICML 2004), which adds to the
/// weight that helps most until nothing does, on several halves of the users, whose weights are averaged. Weights for short histories are fitted on the newest items of the same users.
/// </summary>
internal sealed class BlendFitter(ModelSearch search, IReadOnlyList<ItemScorer> members, TrainingOptions options)
{
    private const int PoolOfMember = 100;
    private const int Halves = 8;
    private const int MostSteps = 24;
    private const double LeastWeight = 0.02;

    /// <summary>The longest histories of each segment, in items, and the lengths that they are fitted with; the last one is fitted with whole histories.</summary>
    private static readonly (int MostItems, int Fitted)[] Lengths = [(0, 0), (3, 2), (10, 6), (int.MaxValue, int.MaxValue)];

    public IReadOnlyList<BlendSegment> Fit() => [.. Lengths.Select(length => new BlendSegment(length.MostItems, FitFor(length.Fitted)))];

    private double[] FitFor(int most)
    {
        var cases = new List<Case>();
        foreach (var user in search.Users)
        {
            search.CancellationToken.ThrowIfCancellationRequested();
            cases.Add(CaseOf(user, most));
        }

        var random = new SeededNumbers(options.Seed);
        var sum = new double[members.Count];
        var order = cases.ToArray();
        for (var half = 0; half < Halves; half++)
        {
            random.Shuffle<Case>(order);
            var chosen = order[..((order.Length + 1) / 2)];
            var weights = Select(chosen);
            for (var i = 0; i < sum.Length; i++) sum[i] += weights[i] / weights.Sum() / Halves;
        }

        return [.. sum.Select(static weight => weight < LeastWeight ? 0 : Math.Round(weight, 3))];
    }

    private double[] Select(Case[] cases)
    {
        var weights = new double[members.Count];
        var best = double.NegativeInfinity;
        for (var step = 0; step < MostSteps; step++)
        {
            search.CancellationToken.ThrowIfCancellationRequested();
            var (added, addedScore) = (-1, best);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i]++;
                var score = Measure(cases, weights);
                weights[i]--;
                if (score > addedScore) (added, addedScore) = (i, score);
            }

            if (added < 0) break;
            weights[added]++;
            best = addedScore;
        }

        return weights;
    }

    private double Measure(Case[] cases, double[] weights)
    {
        var sum = 0.0;
        foreach (var one in cases)
        {
            var top = new TopItems(Math.Min(options.Count, one.Items.Length));
            for (var i = 0; i < one.Items.Length; i++)
            {
                var score = 0.0;
                for (var member = 0; member < weights.Length; member++) score += weights[member] * one.Scores[(i * weights.Length) + member];
                top.Offer(one.Items[i], (float)score);
            }

            sum += RankingEvaluator.NDcgOf(Array.ConvertAll(top.ToSorted(), static x => x.Item), one.Relevant, options.Count);
        }

        return sum / Math.Max(1, cases.Length);
    }

    // The pool of a user: each member's best and the held-out items, with each member's score over its scale.
    private Case CaseOf(int user, int most)
    {
        var whole = search.Split.Train.HistoryOf(user);
        var history = most >= whole.Count ? whole : whole.Newest(most);
        var seen = new ItemSet(members[0].ItemCount);
        foreach (var item in history.Items) seen.Add(item);
        var answers = members.Select(member => member.For(history)).ToArray();
        var scales = Array.ConvertAll(answers, member => BlendScorer.ScaleOf(member.Top(BlendScorer.ScaleCount, seen)));
        foreach (var item in whole.Items) seen.Add(item);
        var pool = new SortedSet<int>(search.Split.Relevant[user]);
        for (var member = 0; member < scales.Length; member++)
        {
            if (scales[member] <= 0) continue;
            foreach (var (item, _) in answers[member].Top(PoolOfMember, seen)) pool.Add(item);
        }

        int[] items = [.. pool];
        var scores = new float[items.Length * members.Count];
        var own = new float[items.Length];
        for (var member = 0; member < scales.Length; member++)
        {
            if (scales[member] > 0)
            {
                answers[member].ScoreSome(items, own);
                for (var i = 0; i < items.Length; i++) scores[(i * members.Count) + member] = own[i] / scales[member];
            }

            answers[member].Dispose();
        }

        return new Case(items, scores, search.Split.Relevant[user]);
    }

    private sealed record Case(int[] Items, float[] Scores, int[] Relevant);
}
