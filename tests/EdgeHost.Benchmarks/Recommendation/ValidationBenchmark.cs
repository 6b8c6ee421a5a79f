using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Training;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>
/// What models are worth that were chosen on the newest items of users, on random ones, or on both: nDCG@10 on held-out items that the choice knew nothing of, asked for the future and asked for
/// random holes, of the shared ratings of films (left out without them) and of made users of two other structures. Parts: <c>films</c>, <c>serial</c>, <c>steady</c>.
/// </summary>
internal sealed class ValidationBenchmark : IBenchmark
{
    private const double TestShare = 0.25;

    public string Name => "recommendation-validation";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        Console.WriteLine("| data | asked for | chosen on | nDCG@10 |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (part, asked, split) in Splits(run))
        {
            var found = new Dictionary<HoldOutKind, double>();
            foreach (var kind in Enum.GetValues<HoldOutKind>())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var options = new TrainingOptions { Validation = new HoldOut(kind), Threads = 1 };
                var result = await CatalogueTrainer.TrainAsync(split.Train, options, cancellationToken: cancellationToken);
                found[kind] = RankingEvaluator.Evaluate(result.Model.Scorer, split, cancellationToken: cancellationToken).NDcg;
                Console.WriteLine($"| {part} | {asked} | {kind} | {found[kind]:F3} |");
                Console.WriteLine($"   {string.Join(", ", result.Models.Select(static model => $"{model.Kind} {model.Weights[^1]:F2} ({model.Options})"))}");
            }

            var best = found.Values.Max();
            foreach (var (kind, value) in found) figures.Add(new Figure($"{part}, asked for {asked}: chosen on {kind}, of the best choice", value / best));
        }

        return figures;
    }

    private static IEnumerable<(string Part, string Asked, Split Split)> Splits(BenchmarkRun run)
    {
        var seed = (ulong)run.Number + 1;
        if (Wants(run, "films") && Repository.FindShared(FilmRatings.Folder) is { } folder)
        {
            yield return ("films", "the future", FilmRatings.Read(folder, "time"));
            yield return ("films", "random holes", FilmRatings.Read(folder, "random"));
        }

        foreach (var (part, make) in new[] { ("serial", (Func<ulong, Plugins.Recommendation.Engine.Data.Snapshot>)MadeReaders.Serial), ("steady", MadeReaders.Steady) })
        {
            if (!Wants(run, part)) continue;
            var whole = make(seed);
            yield return (part, "the future", new HoldOut(HoldOutKind.Newest, TestShare, seed + 1).Apply(whole));
            yield return (part, "random holes", new HoldOut(HoldOutKind.Random, TestShare, seed + 1).Apply(whole));
        }
    }

    private static bool Wants(BenchmarkRun run, string part) => run.Only.Count == 0 || run.Only.Contains(part);
}
