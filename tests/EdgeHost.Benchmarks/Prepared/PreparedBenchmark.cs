using System.Globalization;
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
        new("moonshine-tiny-en", "input_values=1x32000"),
        new("moonshine-tiny-en-decoder", "input_ids=1x1;encoder_hidden_states=1x40x288;" + string.Join(';', Caches())),
        new("ocr-rec", "x=1x3x48x320"),
    ];

    public string Name => "prepared";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var figures = new List<Figure>();
        foreach (var model in Models)
        {
            var graph = await StoredModels.GetAsync(model.Id, cancellationToken);

            // The first start with the folder makes the form and is not measured.
            await PreparedChild.StartAsync(graph, model.Inputs, folder.Path, cancellationToken);
            var (plain, prepared) = (new List<PreparedReading>(), new List<PreparedReading>());
            for (var round = 0; round < run.Times(Rounds, 2); round++)
            {
                plain.Add(await PreparedChild.StartAsync(graph, model.Inputs, preparedFolder: null, cancellationToken));
                prepared.Add(await PreparedChild.StartAsync(graph, model.Inputs, folder.Path, cancellationToken));
            }

            Print($"{model.Id}, plain", plain);
            Print($"{model.Id}, prepared", prepared);
            figures.Add(new Figure(
                $"{model.Id}: load from the prepared form over a plain load",
                Median(prepared, static reading => reading.LoadMilliseconds) / Median(plain, static reading => reading.LoadMilliseconds),
                Must: Bound.AtMost(0.6),
                Aim: Bound.AtMost(0.4)));
            figures.Add(new Figure(
                $"{model.Id}: private memory at rest over that of a plain load after its runs",
                Median(prepared, static reading => reading.RestingBytes) / Median(plain, static reading => reading.UsedBytes),
                Must: Bound.AtMost(0.5),
                Aim: Bound.AtMost(0.3)));
            figures.Add(new Figure(
                $"{model.Id}: the same, both with their working memory released",
                Median(prepared, static reading => reading.RestingBytes) / Median(plain, static reading => reading.RestingBytes)));
            figures.Add(new Figure(
                $"{model.Id}: run time of the prepared form over the original's",
                Median(prepared, static reading => reading.RunMilliseconds) / Median(plain, static reading => reading.RunMilliseconds)));
        }

        return figures;
    }

    private static IEnumerable<string> Caches()
        => from layer in Enumerable.Range(0, 6)
           from part in (string[])["decoder", "encoder"]
           from what in (string[])["key", "value"]
           select $"past_key_values.{layer}.{part}.{what}=0x8x1x36";

    private static void Print(string title, List<PreparedReading> readings)
        => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: load {Median(readings, static r => r.LoadMilliseconds):F0} ms, run {Median(readings, static r => r.RunMilliseconds):F1} ms, private {Median(readings, static r => r.UsedBytes) / 1e6:F1} MB after runs, {Median(readings, static r => r.RestingBytes) / 1e6:F1} MB at rest ({readings[^1].Origin})"));

    private static double Median(List<PreparedReading> readings, Func<PreparedReading, double> value) => FigureTable.MedianOf(readings.Select(value));

    private sealed record PreparedModel(string Id, string Inputs);
}
