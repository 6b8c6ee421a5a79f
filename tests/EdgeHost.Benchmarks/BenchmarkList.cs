using EdgeHost.Benchmarks.Batching;
using EdgeHost.Benchmarks.Bookkeeping;
using EdgeHost.Benchmarks.Failover;
using EdgeHost.Benchmarks.Fairness;
using EdgeHost.Benchmarks.Generation;
using EdgeHost.Benchmarks.Health;
using EdgeHost.Benchmarks.Ledger;
using EdgeHost.Benchmarks.Optimising;
using EdgeHost.Benchmarks.Overhead;
using EdgeHost.Benchmarks.Preemption;
using EdgeHost.Benchmarks.Prepared;
using EdgeHost.Benchmarks.Recommendation;
using EdgeHost.Benchmarks.Simulation;
using EdgeHost.Benchmarks.Speech;
using EdgeHost.Benchmarks.Training;
using EdgeHost.Benchmarks.Translation;
using EdgeHost.Benchmarks.Transport;
using EdgeHost.Benchmarks.Vision;

namespace EdgeHost.Benchmarks;

/// <summary>All benchmarks and the groups they form.</summary>
internal static class BenchmarkList
{
    /// <summary>The name that runs the table of pool and scheduler.</summary>
    public const string RuntimeGroup = "runtime";

    private static readonly string[] Runtime =
        ["preempt", "fairness", "bookkeeping", "ledger", "sharing", "prepared", "batching", "failover", "schedule"];

    public static IReadOnlyList<IBenchmark> Create() =>
    [
        new OverheadBenchmark(),
        new SharingBenchmark(),
        new IdleBenchmark(),
        new TransportBenchmark(),
        new PreemptBenchmark(),
        new FairnessBenchmark(),
        new BookkeepingBenchmark(),
        new LedgerBenchmark(),
        new PreparedBenchmark(),
        new BatchingBenchmark(),
        new FailoverBenchmark(),
        new ScheduleBenchmark(),
        new TrainingBenchmark(),
        new OptimiseBenchmark(),
        new OptimiseFacesBenchmark(),
        new TrainingLoadBenchmark(),
        new SpeechBenchmark(),
        new SynthesisBenchmark(),
        new KeywordBenchmark(),
        new VisionBenchmark(),
        new TranslationBenchmark(),
        new OcrBenchmark(),
        new ManyPicturesBenchmark(),
        new GenerationBenchmark(),
        new RecommendationBenchmark(),
        new ValidationBenchmark(),
        new RecommendationHostBenchmark(),
        new HealthBenchmark(),
        new AlertBenchmark(),
        new HealthJournalBenchmark(),
    ];

    /// <summary>The benchmarks of the given names, in the order of the list; all where none is named.</summary>
    public static IReadOnlyList<IBenchmark> Choose(IReadOnlyList<IBenchmark> all, IReadOnlyList<string> names, out IReadOnlyList<string> unknown)
    {
        var wanted = names.SelectMany(name => name == RuntimeGroup ? Runtime : [name]).ToHashSet(StringComparer.Ordinal);
        unknown = [.. wanted.Where(name => all.All(benchmark => benchmark.Name != name))];
        return wanted.Count == 0 ? all : [.. all.Where(benchmark => wanted.Contains(benchmark.Name))];
    }
}
