using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Benchmarks.Training;

/// <summary>
/// Time of a training step on one thread over a hand-written loop for the same network, batch and optimiser, both in turn; and tokens a second
/// and allocations of a transformer of five million parameters.
/// </summary>
internal sealed class TrainingBenchmark : IBenchmark
{
    private const int Words = 8_000;
    private const int Width = 256;
    private const int Blocks = 4;
    private const int Positions = 64;
    private const int Sentences = 8;

    public string Name => "training";

    public Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        figures.AddRange(Compare(run, 2, 3, 2, 4, 2_000, cancellationToken));
        figures.AddRange(Compare(run, 64, 128, 10, 32, 500, cancellationToken));
        figures.AddRange(Compare(run, 512, 1_900, 10, 32, 10, cancellationToken));
        figures.AddRange(MeasureTransformer(run, cancellationToken));
        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static List<Figure> Compare(BenchmarkRun run, int inputs, int hidden, int outputs, int batch, int stepsOfARound, CancellationToken cancellationToken)
    {
        var network = new Network(
            net => net.Linear("out", net.Sigmoid(net.Linear("hidden", net.Input("x", ElementType.Float32, inputs), hidden)), outputs),
            (net, output) => net.CrossEntropy(output, net.Input("label", ElementType.Int64)));
        var start = Stopwatch.GetTimestamp();
        using var step = new TrainingStep(network, new Adam(), new StepOptions { BatchSize = batch });
        var build = Stopwatch.GetElapsedTime(start);
        var hand = new HandWrittenNetwork(inputs, hidden, outputs, batch);
        var random = new Random(run.Number);
        foreach (ref var value in step.Batch.Floats("x")) value = random.NextSingle();
        foreach (ref var label in step.Batch.Integers("label")) label = random.Next(outputs);

        var (engine, byHand) = (new Samples(), new Samples());
        for (var round = -3; round < run.Times(40, 3); round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ours = Time(stepsOfARound, () => step.Run(1e-3f));
            var theirs = Time(stepsOfARound, () => hand.Step(step.Batch.Floats("x"), step.Batch.Integers("label"), 1e-3f));
            if (round < 0) continue;
            engine.Add(ours);
            byHand.Add(theirs);
        }

        var name = $"{inputs}-{hidden}-{outputs}, batch {batch}";
        Console.WriteLine($"{name}: {step.ParameterCount} parameters, {step.NodeCount} nodes built in {build.TotalMilliseconds:F0} ms; a step {engine.Median * 1000:F1} µs, by hand {byHand.Median * 1000:F1} µs");
        return
        [
            new Figure($"{name}, a step", engine.Median * 1000, "µs"),
            new Figure($"{name}, a step over the hand-written loop", engine.Median / byHand.Median),
        ];
    }

    private static List<Figure> MeasureTransformer(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var network = new Network(Transformer, (net, output) => net.CrossEntropy(output, net.Input("labels", ElementType.Int64, Positions), smoothing: 0.1f));
        using var step = new TrainingStep(network, new AdamW(), new StepOptions { BatchSize = Sentences, ClipNorm = 1 });
        var random = new Random(run.Number);
        foreach (var input in new[] { "ids", "labels" })
        {
            foreach (ref var id in step.Batch.Integers(input)) id = random.Next(Words);
        }

        step.Run(1e-4f, cancellationToken);
        var samples = new Samples();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var steps = run.Times(10, 2);
        for (var i = 0; i < steps; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            samples.Add(Time(1, () => step.Run(1e-4f)));
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / steps;
        using var process = Process.GetCurrentProcess();
        var tokens = Sentences * Positions / samples.Median * 1000;
        Console.WriteLine($"transformer: {step.ParameterCount} parameters, {step.NodeCount} nodes; {tokens:F0} tokens/s, {allocated} bytes allocated a step, {process.WorkingSet64 / 1e6:F0} MB resident");
        return
        [
            new Figure("transformer of 5M parameters, one thread", tokens, "tokens/s"),
            new Figure("bytes allocated in a step of it", allocated, "B", Bound.AtMost(10_000)),
        ];
    }

    private static EdgeHost.ModelTools.Graphs.GraphValue Transformer(NetworkBuilder net)
    {
        var x = net.Add(net.Embedding("words", net.Input("ids", ElementType.Int64, Positions), Words, Width), net.Parameter("positions", new TensorShape(Positions, Width), Initialisation.Normal(0.02f)));
        for (var block = 0; block < Blocks; block++)
        {
            using var layer = net.Layer($"block{block}");
            var normal = net.LayerNorm("norm1", x);
            x = net.Add(x, net.Attention("attention", normal, normal, 4, isCausal: true));
            x = net.Add(x, net.Linear("down", net.Gelu(net.Linear("up", net.LayerNorm("norm2", x), 4 * Width)), Width));
        }

        return net.TiedLinear("words", net.LayerNorm("norm", x), Words);
    }

    private static double Time(int times, Action action)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++) action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / times;
    }
}
