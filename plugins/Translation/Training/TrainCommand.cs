using System.Diagnostics;
using System.Globalization;
using EdgeHost.Plugins.Text.Pieces;
using EdgeHost.Plugins.Translation.Training.Decoding;
using EdgeHost.Plugins.Translation.Training.Export;
using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Rows;
using EdgeHost.Plugins.Translation.Training.Texts;
using EdgeHost.Plugins.Translation.Training.Weights;
using EdgeHost.Training.Data;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Translation.Training;

/// <summary>Trains a model, goes on where it was interrupted, and writes the mean of its last states as a folder.</summary>
internal static class TrainCommand
{
    private const float ClipNorm = 1;
    private const float SecondBeta = 0.98f;

    // What is left of the rate at the end: the last states still move, so that their mean is better than each.
    private const float FinalShare = 0.05f;

    private const int Shown = 3;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var settings = TrainSettings.Of(arguments);
        Directory.CreateDirectory(settings.Output);
        var pieces = ModelFolder.VocabularyOf(settings.Vocabulary);
        var corpus = settings.Corpus();
        var learned = Encode(corpus.Learned, pieces);
        var shape = ModelFolder.ShapeOf(settings.Vocabulary);
        var order = new TargetOrder(shape.Vocabulary, learned.Select(pair => pair.Target).DistinctBy(ids => ids, ReferenceEqualityComparer.Instance));
        var rows = new RowData(learned, shape, order, settings.Length, settings.Seed);
        var data = Twice(rows, settings);
        var held = Twice(new RowData(Encode(corpus.Held, pieces), shape, order, settings.Length, settings.Seed), settings);
        Say($"{learned.Count} pairs in {rows.Count} rows ({rows.TargetPieces} target pieces, {order.Targets} different), held {corpus.Held.Count}; {settings}");

        using var step = new TrainingStep(
            MarianNetwork.Create(shape, order.Targets, settings.Length, settings.Dropout, settings.Smoothing, settings.Consistency),
            new Adam { Beta2 = SecondBeta },
            new StepOptions { BatchSize = settings.Batch, ClipNorm = ClipNorm, Seed = (ulong)settings.Seed });
        if (settings.Begin is not null) StepWeights.Begin(step, WeightReader.Read(settings.Begin, shape), order, shape.Width);
        Say($"{step.ParameterCount} numbers, {step.NodeCount} nodes");

        var clock = Stopwatch.StartNew();
        using var loss = new HeldLoss(step, held);
        for (var until = settings.LookEvery; until - settings.LookEvery < settings.Steps; until += settings.LookEvery)
        {
            var end = Math.Min(until, settings.Steps);
            if (File.Exists(Snapshots.PathOf(settings.Output, end))) continue;
            using (var run = new TrainingRun(step, data, Options(settings, end)))
            {
                await run.RunAsync(new Reporter(clock), cancellationToken).ConfigureAwait(false);
            }

            var weights = StepWeights.Take(step, order, shape.Width);
            var what = string.Create(CultureInfo.InvariantCulture, $"step {end}: held loss {loss.Measure():F4},");
            await LookAsync(settings, weights, shape, corpus, ("look", what), cancellationToken).ConfigureAwait(false);
            Snapshots.Write(settings.Output, end, weights);
        }

        var mean = ModelWeights.Mean(Snapshots.ReadLast(settings.Output, settings.Steps, settings.LookEvery, settings.Mean));
        await LookAsync(settings, mean, shape, corpus, ("model", "mean:"), cancellationToken).ConfigureAwait(false);
    }

    private static ITrainingData Twice(RowData rows, TrainSettings settings) => settings.Consistency > 0 ? new TwinRows(rows) : rows;

    private static TrainingRunOptions Options(TrainSettings settings, int end) => new()
    {
        Steps = end,
        Schedule = new LearningRateSchedule { Rate = settings.Rate, WarmUpSteps = settings.WarmUp, CosineSteps = settings.Steps, FinalShare = FinalShare },
        ReportEvery = 100,
        CheckpointPath = Path.Combine(settings.Output, "run.checkpoint"),
        CheckpointEvery = 200,
    };

    private static List<EncodedPair> Encode(IReadOnlyList<SentencePair> pairs, PieceVocabulary pieces)
    {
        // Pairs that count several times are cut once.
        var known = new Dictionary<SentencePair, EncodedPair>();
        var encoded = new List<EncodedPair>(pairs.Count);
        foreach (var pair in pairs)
        {
            if (!known.TryGetValue(pair, out var one)) known[pair] = one = new EncodedPair(pieces.Encode(pair.Source, int.MaxValue), pieces.Encode(pair.Target, int.MaxValue));
            encoded.Add(one);
        }

        return encoded;
    }

    // Through the files, so that what is looked at is what would ship.
    private static async Task LookAsync(TrainSettings settings, ModelWeights weights, MarianShape shape, Corpus corpus, (string Folder, string What) look, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(settings.Output, look.Folder);
        ModelFolder.Write(folder, weights, shape, settings.Vocabulary, settings.Languages);
        using var translator = await FolderTranslator.OpenAsync(folder, isSmall: false, cancellationToken).ConfigureAwait(false);
        var written = await translator.TranslateAsync([.. corpus.Held.Select(pair => pair.Source)], beams: 1, cancellationToken).ConfigureAwait(false);
        var texts = Array.ConvertAll(written, one => one.Text);
        Say(string.Create(CultureInfo.InvariantCulture, $"{look.What} chrF2 {CharacterScore.Of(texts, [.. corpus.Held.Select(pair => pair.Target)]):F2} of {corpus.Held.Count} held sentences"));
        foreach (var (pair, text) in corpus.Held.Zip(texts).Take(Shown)) Say($"    {pair.Source} => {text}");
    }

    private static void Say(string text) => Console.WriteLine(text);

    private sealed class Reporter(Stopwatch clock) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
            => Say(string.Create(CultureInfo.InvariantCulture, $"  step {value.Step}, loss {value.Loss:F4}, norm {value.GradientNorm:F2}, rate {value.Rate:G3}, {clock.Elapsed.TotalMinutes:F1} min, {Environment.CpuUsage.TotalTime.TotalMinutes:F1} min of a core"));
    }
}
