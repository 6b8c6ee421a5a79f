using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Recommendation.Engine;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Blending;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;
using EdgeHost.Plugins.Recommendation.Engine.Training;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>
/// How good lists are on the shared ratings of films, of each kind of model and of the blend that chose itself without looking at what was held out (parts <c>random</c> and <c>time</c>; left out
/// without the data), and how long a list takes of catalogues of 1,000, 100,000 and 1,000,000 made items beside naive exact search (part <c>scale</c>).
/// </summary>
internal sealed class RecommendationBenchmark : IBenchmark
{
    private const int ListLength = 20;
    private const int WarmUp = 40;

    private static readonly (string Name, HoldOutKind Kind, double LeastNDcg)[] Splits = [("random", HoldOutKind.Random, 0.38), ("time", HoldOutKind.Newest, 0.135)];

    public string Name => "recommendation";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var (name, kind, least) in Splits)
        {
            if (!Wants(run, name)) continue;
            if (Repository.FindShared(FilmRatings.Folder) is { } folder) figures.AddRange(await MeasureAsync(FilmRatings.Read(folder, name), name, kind, least, cancellationToken));
            else Console.WriteLine("The shared ratings are not on this machine.");
        }

        foreach (var items in (int[])[1000, 100_000, 1_000_000])
        {
            if (Wants(run, "scale")) figures.AddRange(Measure(items, run, cancellationToken));
        }

        return figures;
    }

    private static bool Wants(BenchmarkRun run, string part) => run.Only.Count == 0 || run.Only.Contains(part);

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Split split, string name, HoldOutKind kind, double least, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var options = new TrainingOptions { Validation = new HoldOut(kind), Threads = Environment.ProcessorCount, KeepUnused = true, Networks = new DirectNetworkTrainer() };
        var result = await CatalogueTrainer.TrainAsync(split.Train, options, cancellationToken: cancellationToken);
        var built = Stopwatch.GetElapsedTime(started);
        Console.WriteLine($"{name}: searched and built in {built.TotalSeconds:F1} s, {result.Model.Scorer.Bytes / 1e6:F1} MB");
        Console.WriteLine("| model | nDCG@10 | MAP | precision | recall | coverage | novelty | diversity | weight | bytes |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var best = 0.0;
        foreach (var member in result.Model.Members)
        {
            var metrics = RankingEvaluator.Evaluate(member, split, cancellationToken: cancellationToken);
            best = Math.Max(best, metrics.NDcg);
            Print(member, metrics, $"{result.Models.First(model => model.Kind == member.Kind).Weights[^1]:F2}");
        }

        var blend = RankingEvaluator.Evaluate(result.Model.Scorer, split, cancellationToken: cancellationToken);
        Print(result.Model.Scorer, blend, string.Empty);
        foreach (var model in result.Models) Console.WriteLine($"   {model.Options} of {model.Trials}");
        return
        [
            new Figure($"{name} split, nDCG@10 of what was chosen", blend.NDcg, Must: Bound.AtLeast(least)),
            new Figure($"{name} split, nDCG@10 over the best kind alone", blend.NDcg / best, Aim: Bound.AtLeast(1)),
        ];
    }

    private static void Print(ItemScorer scorer, RankingMetrics metrics, string weight)
        => Console.WriteLine($"| {scorer.Kind} | {metrics.NDcg:F3} | {metrics.Map:F3} | {metrics.Precision:F3} | {metrics.Recall:F3} | {metrics.Coverage:F3} | {metrics.Novelty:F2} | {metrics.Diversity:F3} | {weight} | {scorer.Bytes} |");

    private static IEnumerable<Figure> Measure(int items, BenchmarkRun run, CancellationToken cancellationToken)
    {
        var made = new MadeCatalogue(items);
        var recommender = new Recommender(new RecommendationModel(Catalogue.Create([], Enumerable.Range(0, items).Select(static i => $"item{i:D7}")), made.Blend, default));
        var (naive, exact, whole, list) = (new Samples(), new Samples(), new Samples(), new Samples());
        var wholeBlend = new BlendScorer(made.Blend.Members, made.Blend.Segments) { DenseItems = int.MaxValue };
        var (found, wanted) = (0, 0);
        var histories = made.Histories.Take(run.Times(made.Histories.Count, 3)).ToArray();
        // Compiled before it is measured.
        for (var i = 0; i < WarmUp; i++) recommender.Recommend(histories[0], new RecommendationQuery { Count = ListLength });
        foreach (var history in histories)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var user = made.MeanOf(history);
            naive.Add(Timed(() => made.NaiveScores(user).Select(static (score, item) => (score, item)).OrderByDescending(static x => x.score).Take(ListLength).ToArray(), out var naively));
            exact.Add(Timed(() => made.Table.Top(user, ListLength, null), out var exactly));
            if (naively.Count(x => exactly.Any(y => y.Item == x.item)) < ListLength - 1) throw new InvalidOperationException("Exact search did not find what naive search finds.");
            var seen = new ItemSet(items);
            foreach (var item in history.Items) seen.Add(item);
            whole.Add(Timed(() => wholeBlend.Top(history, ListLength, seen), out var all));
            list.Add(Timed(() => recommender.Recommend(history, new RecommendationQuery { Count = ListLength }), out var recommended));
            wanted += all.Count;
            found += all.Count(x => recommended.Any(y => y.Item == x.Item));
        }

        Console.WriteLine($"{items} items, median (tenth percentile, for busy machines): naive {Text(naive)}, exact {Text(exact)}, whole blend {Text(whole)}, list with reasons {Text(list)}, recall {found / (double)wanted:F4}, {made.Blend.Bytes / 1e6:F0} MB");
        yield return new Figure($"top {ListLength} of {items} vectors, share of naive search", exact.Median / naive.Median, Aim: Bound.AtMost(0.5));
        yield return new Figure($"list of {ListLength} of {items} items, reasons included", list.Median, "ms", Aim: Bound.AtMost(items <= 100_000 ? 3 : 20));
        yield return new Figure($"list of {ListLength} of {items} items, recall of the whole blend's", found / (double)wanted, Must: Bound.AtLeast(0.95));
    }

    private static string Text(Samples samples) => $"{samples.Median:F3} ({samples.Percentile(0.1):F3}) ms";

    private static TimeSpan Timed<T>(Func<T> action, out T result)
    {
        var started = Stopwatch.GetTimestamp();
        result = action();
        return Stopwatch.GetElapsedTime(started);
    }
}
