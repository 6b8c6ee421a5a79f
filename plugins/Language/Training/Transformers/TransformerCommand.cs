using System.Numerics.Tensors;
using System.Security.Cryptography;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Transformers;

/// <summary>
/// Trains the pretrained transformer on the English texts. The held texts are not learned from. Goes on where it was interrupted.
/// </summary>
internal static class TransformerCommand
{
    private const int Batch = 32;
    private const int Length = 36;
    private const int Labels = 3;
    private const float Smoothing = 0.05f;
    private const float Rounds = 1.6f;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        var encoder = new PretrainedEncoder(arguments.Text("pretrained"));
        var pieces = new WordPieces(encoder.Vocabulary);
        var output = arguments.Text("out");
        Directory.CreateDirectory(output);
        var file = Path.Combine(arguments.Text("data"), "en-train.tsv");
        LabelledText[] all = [.. Corpus.Read(file)];
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file).ConfigureAwait(false)));
        var learned = all.Where(text => !Corpus.IsHeld(text.Text)).ToList();
        var held = all.Where(text => Corpus.IsHeld(text.Text)).ToList();

        using var step = new TrainingStep(TransformerNetwork.Create(Length), new AdamW { WeightDecay = 0.01f }, new StepOptions { BatchSize = Batch, ClipNorm = 1, Seed = 1 });
        TransformerNetwork.Initialise(step, encoder);
        var steps = (long)(Rounds * learned.Count / Batch);
        Console.WriteLine($"en (SHA-256 {hash}): {step.ParameterCount} numbers, {learned.Count} texts, {steps} steps");
        var data = new TransformerData(Encode(learned), Targets.Of(learned, Smoothing), Length, encoder);
        var options = new TrainingRunOptions
        {
            Steps = steps,
            Schedule = new LearningRateSchedule { Rate = 1e-4f, WarmUpSteps = steps / 10, CosineSteps = steps },
            ReportEvery = 50,
            CheckpointPath = Path.Combine(output, "transformer.checkpoint"),
            CheckpointEvery = 200,
        };
        using var run = new TrainingRun(step, data, options);
        await run.RunAsync(new Reporter(), CancellationToken.None).ConfigureAwait(false);

        TransformerExport.Write(Path.Combine(output, "en"), step, encoder, pieces, learned);
        using var evaluation = new EvaluationStep(step);
        var heldShares = Judge(held);
        Console.WriteLine($"held: {Score.Of(held, heldShares)}");
        foreach (var (source, score) in Score.BySource(held, heldShares)) Console.WriteLine($"  {source}: {score}");

        List<int[]> Encode(IReadOnlyList<LabelledText> some) => [.. some.Select(text => pieces.Of(Tokens.Tokeniser.Cut(text.Text, Length).Tokens, Length))];

        float[] Judge(List<LabelledText> some)
        {
            var input = new TransformerData(Encode(some), new float[some.Count * Labels], Length, encoder);
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

    private sealed class Reporter : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.WriteLine($"  step {value.Step}, loss {value.Loss:F4}");
    }
}
