using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Prepared;

/// <summary>
/// What the prepared form of a model saves: the time of a load and the private memory of the resident model, against a plain load of the original.
/// Each load is the first of its model in a process of its own, and the two forms take turns.
/// </summary>
internal sealed class PreparedBenchmark : IBenchmark
{
    private const int Rounds = 7;

    private static readonly PreparedModel[] Models =
    [
        new("moonshine-encoder", "input_values=1x32000"),
        new("moonshine-decoder", "input_ids=1x1;encoder_hidden_states=1x40x288;" + string.Join(';', Caches())),
        new("ocr-rec", "x=1x3x48x320"),
    ];

    public string Name => "prepared";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var loads = new List<double>();
        var memory = new List<double>();
        foreach (var model in Models)
        {
            var graph = await StoredModels.GetAsync(model.Id, cancellationToken);
            await PreparedChild.StartAsync(graph, model.Inputs, folder.Path, cancellationToken);
            var (plain, prepared) = (new List<PreparedReading>(), new List<PreparedReading>());
            for (var round = 0; round < run.Times(Rounds, 2); round++)
            {
                plain.Add(await PreparedChild.StartAsync(graph, model.Inputs, preparedFolder: null, cancellationToken));
                prepared.Add(await PreparedChild.StartAsync(graph, model.Inputs, folder.Path, cancellationToken));
            }

            loads.Add(Ratio(plain, prepared, static reading => reading.LoadMilliseconds));
            memory.Add(Ratio(plain, prepared, static reading => reading.PrivateBytes));
            Console.WriteLine($"{model.Id}: load {Median(plain, static r => r.LoadMilliseconds):F0} to {Median(prepared, static r => r.LoadMilliseconds):F0} ms, private {Median(plain, static r => r.PrivateBytes) / 1e6:F1} to {Median(prepared, static r => r.PrivateBytes) / 1e6:F1} MB, run {Median(plain, static r => r.RunMilliseconds):F1} to {Median(prepared, static r => r.RunMilliseconds):F1} ms; {prepared[^1].Origin}");
        }

        return
        [
            .. Models.Select((model, i) => new Figure($"{model.Id}: load from the prepared form over a plain load", loads[i], Must: Bound.AtMost(0.6), Aim: Bound.AtMost(0.4))),
            .. Models.Select((model, i) => new Figure($"{model.Id}: private memory, resident, over plain", memory[i], Must: Bound.AtMost(0.5), Aim: Bound.AtMost(0.3))),
        ];
    }

    private static IEnumerable<string> Caches()
        => from layer in Enumerable.Range(0, 6)
           from part in (string[])["decoder", "encoder"]
           from what in (string[])["key", "value"]
           select $"past_key_values.{layer}.{part}.{what}=0x8x1x36";

    private static double Ratio(List<PreparedReading> plain, List<PreparedReading> prepared, Func<PreparedReading, double> value)
        => Median(prepared, value) / Median(plain, value);

    private static double Median(List<PreparedReading> readings, Func<PreparedReading, double> value) => FigureTable.MedianOf(readings.Select(value));

    private sealed record PreparedModel(string Id, string Inputs);
}
