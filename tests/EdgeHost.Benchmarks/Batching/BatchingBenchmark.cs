using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Batching;

/// <summary>
/// What joining steps gains where a model gains from it: 32 apps that each run one step after the other, on a model whose manifest allows batches and on the
/// same model without. Three cases: weights that are read once a run, however many rows it has; a real translation encoder, where its files are on the
/// machine; and an NPU whose every run costs a fixed time.
/// </summary>
internal sealed class BatchingBenchmark : IBenchmark
{
    private const int Rounds = 4;
    private const string TranslationEncoder = "models/translation-en-zh/encoder_model_quantized.onnx";

    public string Name => "batching";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var large = BenchmarkModel.Create("large", folder.Path, GeneratedGraphs.Chain(width: 1024, layers: 8, seed: 1));
        var figures = new List<Figure>();
        figures.AddRange(await CompareAsync(run, "34 MB of weights", large, new RunRequest { Model = "large", Steps = 8 }, HostSettings.Default, cancellationToken));
        if (Repository.FindShared(TranslationEncoder) is { } encoder)
        {
            RunInput[] sentence = [new() { Name = "input_ids", Shape = [1, 8], Value = 100 }, new() { Name = "attention_mask", Shape = [1, 8], Value = 1 }];
            figures.AddRange(await CompareAsync(
                run,
                "translation encoder",
                BenchmarkModel.FromFile("encoder", encoder),
                new RunRequest { Model = "encoder", Steps = 2, Inputs = sentence },
                HostSettings.Default,
                cancellationToken));
        }

        if (VirtualNpu.WhyNot is { } reason)
        {
            Console.WriteLine($"NPU skipped: {reason}");
            return figures;
        }

        using var provider = VirtualProvider.Create("npu");
        provider.Npu.LatencyFloor = TimeSpan.FromMilliseconds(3);
        var small = BenchmarkModel.Create("small", folder.Path, GeneratedGraphs.Chain(width: 256, layers: 2, seed: 1)) with { Devices = ["npu", "cpu"] };
        figures.AddRange(await CompareAsync(
            run, "virtual NPU of 3 ms a run", small, new RunRequest { Model = "small", Steps = 8 }, VirtualNpu.Settings(provider), cancellationToken));
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> CompareAsync(
        BenchmarkRun run,
        string title,
        BenchmarkModel model,
        RunRequest request,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken)
    {
        await using var without = await BatchingHost.StartAsync(model, request, settings, cancellationToken);
        await using var with = await BatchingHost.StartAsync(model with { BatchAxis = 0 }, request, settings, cancellationToken);
        // Below two seconds a loaded machine may end no call at all.
        var duration = TimeSpan.FromSeconds(Math.Max(2, run.Seconds(6).TotalSeconds));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var host in round % 2 == 0 ? (BatchingHost[])[without, with] : [with, without]) await host.MeasureAsync(duration, cancellationToken);
        }

        Console.WriteLine($"{title}: {BatchingHost.Clients} clients, calls of {request.Steps} steps, {Rounds} rounds each");
        without.Print("without");
        with.Print("with");
        return
        [
            new Figure($"{title}: throughput with batching over without", with.StepsASecond / without.StepsASecond, Must: Bound.AtLeast(1.5)),
            new Figure($"{title}: p99 of a call with batching over without", with.Calls.Percentile(0.99) / without.Calls.Percentile(0.99), Must: Bound.AtMost(1)),
            new Figure($"{title}: largest batch", with.LargestBatch),
        ];
    }
}
