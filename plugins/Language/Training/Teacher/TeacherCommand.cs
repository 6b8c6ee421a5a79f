using System.Numerics.Tensors;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Teacher;

/// <summary>
/// Trains the pretrained transformer on the English texts and lets it judge them, and others without labels: what the small encoder is trained
/// towards. The held texts are not learned from.
/// </summary>
internal static class TeacherCommand
{
    private const int Batch = 32;
    private const int Length = 36;
    private const int Labels = 3;
    private const float Smoothing = 0.05f;
    private const float Rounds = 1.6f;
    private const int MostUnlabelled = 20_000;
    private const int ShortestUnlabelled = 19;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        var encoder = new PretrainedEncoder(arguments.Text("pretrained"));
        var pieces = new WordPieces(encoder.Vocabulary);
        var output = arguments.Text("out");
        Directory.CreateDirectory(output);
        var file = Path.Combine(arguments.Text("data"), "en-train.tsv");
        LabelledText[] all = [.. Corpus.Read(file)];
        var learned = all.Where(text => !Corpus.IsHeld(text.Text)).ToList();
        var held = all.Where(text => Corpus.IsHeld(text.Text)).ToList();
        var texts = await ReadUnlabelledAsync(arguments.Optional("unlabelled")).ConfigureAwait(false);

        using var step = new TrainingStep(TeacherNetwork.Create(Length), new AdamW { WeightDecay = 0.01f }, new StepOptions { BatchSize = Batch, ClipNorm = 1, Seed = 1 });
        TeacherNetwork.Initialise(step, encoder);
        var steps = (long)(Rounds * learned.Count / Batch);
        Console.WriteLine($"teacher: {step.ParameterCount} numbers, {learned.Count} texts, {steps} steps");
        var data = new TeacherData(Encode(learned), Targets.Of(learned, Smoothing), Length, encoder);
        var options = new TrainingRunOptions
        {
            Steps = steps,
            Schedule = new LearningRateSchedule { Rate = 1e-4f, WarmUpSteps = steps / 10, CosineSteps = steps },
            ReportEvery = 50,
            CheckpointPath = Path.Combine(output, "teacher.checkpoint"),
            CheckpointEvery = 200,
        };
        using var run = new TrainingRun(step, data, options);
        await run.RunAsync(new Reporter(), CancellationToken.None).ConfigureAwait(false);

        using var evaluation = new EvaluationStep(step);
        var heldShares = Judge(held);
        Console.WriteLine($"held: {Score.Of(held, heldShares)}");
        foreach (var (source, score) in Score.BySource(held, heldShares)) Console.WriteLine($"  {source}: {score}");
        var judgedTexts = arguments.Number("all", 0) == 1 ? all.AsEnumerable() : learned;
        Targets.Save(Path.Combine(output, "teacher.txt"), Judge([.. judgedTexts]));
        await File.WriteAllLinesAsync(Path.Combine(output, "unlabelled.txt"), texts).ConfigureAwait(false);
        Targets.Save(Path.Combine(output, "unlabelled-teacher.txt"), Judge([.. texts.Select(text => new LabelledText(text, 0, "unlabelled"))]));

        List<int[]> Encode(IReadOnlyList<LabelledText> some) => [.. some.Select(text => pieces.Of(text.Text, Length))];

        float[] Judge(List<LabelledText> some)
        {
            var input = new TeacherData(Encode(some), new float[some.Count * Labels], Length, encoder);
            var shares = new float[some.Count * Labels];
            var examples = new int[Batch];
            for (var first = 0; first < some.Count; first += Batch)
            {
                for (var i = 0; i < Batch; i++) examples[i] = (first + i) % some.Count;
                input.Fill(examples, evaluation.Batch);
                evaluation.Run();
                for (var i = 0; i < Batch && first + i < some.Count; i++) TensorPrimitives.SoftMax(evaluation.Outputs.Slice(i * Labels, Labels), shares.AsSpan((first + i) * Labels, Labels));
            }

            return shares;
        }
    }

    // First columns of tables of sentences, such as of translations: texts of everyday life, a sixth of them chosen by content.
    private static async Task<string[]> ReadUnlabelledAsync(string? files)
    {
        var lines = new List<string>();
        foreach (var file in (files ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries)) lines.AddRange(await File.ReadAllLinesAsync(file).ConfigureAwait(false));
        return [.. lines.Select(line => line.Split('\t')[0]).Distinct(StringComparer.Ordinal).Where(text => text.Length >= ShortestUnlabelled && IsChosen(text)).Take(MostUnlabelled)];
    }

    private static bool IsChosen(string text)
    {
        var print = new Fingerprint(text[0]);
        print.Add(text.AsSpan(1));
        return print.Value % 6 == 0;
    }

    private sealed class Reporter : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.WriteLine($"  step {value.Step}, loss {value.Loss:F4}");
    }
}
