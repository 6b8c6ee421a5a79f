using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Plugins.Language.Training.Tables;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Characters;

/// <summary>
/// Lets the transformer over characters learn to guess hidden tokens of texts without labels: of the Chinese training texts, the held ones left
/// out, and of the Chinese sides of translations. Goes on where it was interrupted.
/// </summary>
internal static class CharacterCommand
{
    /// <summary>The file of the trained values.</summary>
    public const string Model = "characters.onnx";

    private const int MaxTokens = 400;
    private const int ReportEvery = 100;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        var settings = new CharacterSettings();
        var folder = arguments.Text("out");
        Directory.CreateDirectory(folder);
        var corpus = Corpus.Load(Path.Combine(arguments.Text("data"), "zh-train.tsv"), learnsFromAll: false);
        var tokens = corpus.Training.Select(text => TableCommand.Cut(text.Text)).ToList();
        var vocabulary = VocabularyOf(corpus.Training);
        if (arguments.Optional("translations") is { } translations) tokens.AddRange(Translated(translations));
        var text = OneText(tokens, vocabulary, arguments.Number("seed", 1));
        using var step = new TrainingStep(
            CharacterNetwork.CreateGuesser(settings, vocabulary.WordRows, vocabulary.VectorRows),
            new AdamW { WeightDecay = 0.01f },
            new StepOptions { BatchSize = settings.Batch, ClipNorm = 1, Seed = (ulong)arguments.Number("seed", 1) });
        var steps = arguments.Number("steps", 9_000);
        Console.WriteLine($"{text.Words.Length} tokens, {vocabulary.WordRows} words, {vocabulary.VectorRows} pieces, {step.ParameterCount} numbers, {steps} steps");
        var options = new TrainingRunOptions
        {
            Steps = steps,
            Schedule = new LearningRateSchedule { Rate = settings.Rate, WarmUpSteps = steps / 20, CosineSteps = steps, FinalShare = 0.05f },
            ReportEvery = ReportEvery,
            CheckpointPath = Path.Combine(folder, "characters.checkpoint"),
            CheckpointEvery = 500,
        };
        using var run = new TrainingRun(step, new HiddenTokens(text, settings, arguments.Number("seed", 1), () => step.StepsDone), options);
        await run.RunAsync(new Reporter(), CancellationToken.None).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.Combine(folder, Model), step.Export().ToBytes()).ConfigureAwait(false);
    }

    /// <summary>The vocabulary whose rows the trained values are of.</summary>
    /// <param name="texts">The Chinese training texts, without the held ones.</param>
    public static ChosenVocabulary VocabularyOf(IEnumerable<LabelledText> texts) => VocabularyBuilder.Build(texts.Select(text => TableCommand.Cut(text.Text)), new TableSettings { Part = 1 });

    private static IEnumerable<List<Token>> Translated(string file)
        => File.ReadLines(file).Select(line => TableCommand.Cut(line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]));

    // Texts in an order of their own: what follows another says nothing about it.
    private static TableText OneText(List<List<Token>> texts, ChosenVocabulary chosen, int seed)
    {
#pragma warning disable CA5394 // Repeatable, not secret.
        var order = Enumerable.Range(0, texts.Count).ToArray();
        new Random(seed).Shuffle(order);
#pragma warning restore CA5394
        var vocabulary = new Vocabulary(chosen.File);
        var windows = order.SelectMany(i => TableText.Of(texts[i], vocabulary, MaxTokens)).ToList();
        return new TableText([.. windows.SelectMany(window => window.Words)], [.. windows.SelectMany(window => window.Pieces).Select(piece => chosen.Vectors[piece])]);
    }

    private sealed class Reporter : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.WriteLine($"  step {value.Step}, loss {value.Loss:F4}");
    }
}
