using System.Diagnostics;
using System.Globalization;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Language;
using EdgeHost.Client;
using EdgeHost.Serialization;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx.Decoders;

namespace EdgeHost.Benchmarks.Generation;

/// <summary>
/// Writing texts through the real host with a decoder of 22 million weights of chance, in both forms: eight texts that join over eight one after another, a session from its file over reading it anew, the host over a bare loop of the engine,
/// and memory of eight users over one.
/// </summary>
internal sealed class GenerationBenchmark : IBenchmark
{
    private const int Users = 8;
    private const int Tokens = 64;
    private const int LongPrompt = 1_000;
    private static readonly TimeSpan ImportTimeout = TimeSpan.FromMinutes(3);

    private static readonly TinyShape Shape = new() { Vocabulary = 4096, Hidden = 512, Layers = 6, Heads = 8, CacheHeads = 2, Inner = 1536, Context = 2048 };

    public string Name => "generation";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var weights = new TinyWeights(Shape);
        var figures = new List<Figure>();
        foreach (var isGrouped in (bool[])[true, false])
        {
            var form = isGrouped ? "grouped-query operator" : "plain operators";
            if (run.Only.Count > 0 && !run.Only.Contains(isGrouped ? "grouped" : "plain")) continue;
            using var folder = new TempFolder();
            TinyFolder.Write(folder.Combine("hub"), weights, isGrouped);
            Directory.CreateDirectory(folder.Combine("home"));

            // Sessions are files at once, and nothing else is kept, so that both ways of the comparison do what they say.
            await File.WriteAllTextAsync(
                folder.Combine("home", "edgehost.json"), """{"Plugins":{"Settings":{"edgehost.language":{"generation:session_bytes":"0","generation:prefix_bytes":"0"}}}}""", cancellationToken);
            var import = await HostProcess.RunAsync(["models", "import", folder.Combine("hub"), "--id", "tiny", "--home", folder.Combine("home")], ImportTimeout);
            if (import.ExitCode != 0) throw new InvalidOperationException(import.Error);
            await using var host = await RunningHost.StartAsync(new RunningHostOptions { Home = folder.Combine("home") }, cancellationToken);
            await using var client = await host.ConnectAsync("app", cancellationToken);
            figures.AddRange(await MeasureAsync(form, folder.Combine("hub", "onnx", "model.onnx"), host, client, run, cancellationToken));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string form, string graph, RunningHost host, EdgeHostClient client, BenchmarkRun run, CancellationToken cancellationToken)
    {
        await WriteAsync(client, Prompt(32, 0), Tokens, null, cancellationToken);
        var one = ProcessMemory.ResidentBytes(host.ProcessId);
        var (alone, joined, inHost, bare) = (new Samples(), new Samples(), new Samples(), new Samples());
        using var loop = new BareLoop(graph, Shape);
        loop.Write([.. Prompt(32, 0).Select(static character => (int)character)], Tokens);
        for (var round = 0; round < run.Times(5); round++)
        {
            alone.Add(await TimeAsync(async () =>
            {
                for (var user = 0; user < Users; user++) await WriteAsync(client, Prompt(32, user), Tokens, null, cancellationToken);
            }));
            joined.Add(await TimeAsync(() => Task.WhenAll(Enumerable.Range(0, Users).Select(user => WriteAsync(client, Prompt(32, user), Tokens, null, cancellationToken)))));
            for (var call = 0; call < 3; call++)
            {
                inHost.Add(await TimeAsync(() => WriteAsync(client, Prompt(32, 0), Tokens, null, cancellationToken)));
                var started = Stopwatch.GetTimestamp();
                loop.Write([.. Prompt(32, 0).Select(static character => (int)character)], Tokens);
                bare.Add(Stopwatch.GetElapsedTime(started));
            }
        }

        var eight = ProcessMemory.ResidentBytes(host.ProcessId);
        var caches = (double)Users * (32 + Tokens) * Shape.Layers * 2 * Shape.CacheHeads * Shape.Width * sizeof(float);
        var (anew, restored) = await SessionsAsync(client, run, cancellationToken);
        Console.WriteLine($"{form}: 8 x {Tokens} tokens one after another {alone.Median:F0} ms ({Users * Tokens / alone.Median * 1000:F0} tokens/s), joined {joined.Median:F0} ms ({Users * Tokens / joined.Median * 1000:F0} tokens/s)");
        Console.WriteLine($"  one text of {Tokens} tokens: bare loop {bare.Median:F1} ms, through the host {inHost.Median:F1} ms; resident 1 user {one / 1e6:F1} MB, {Users} users {eight / 1e6:F1} MB (caches {caches / 1e6:F1} MB)");
        Console.WriteLine($"  {LongPrompt} tokens: read anew {anew.Median:F1} ms, session from its file {restored.Median:F1} ms");
        return
        [
            new Figure($"{form}: tokens a second, {Users} joined over one after another", alone.Median / joined.Median, Must: Bound.AtLeast(2)),
            new Figure($"{form}: one text through the host over a bare loop", inHost.Median / bare.Median, Must: Bound.AtMost(1.05)),
            new Figure($"{form}: reading {LongPrompt} tokens anew over the session's file", anew.Median / restored.Median, Must: Bound.AtLeast(10)),
            new Figure($"{form}: memory of {Users} users without caches over one", (eight - caches) / one, Must: Bound.AtMost(1.3)),
        ];
    }

    // The time to the first token: of a text that nobody has read, and of one whose session is a file.
    private static async Task<(Samples Anew, Samples Restored)> SessionsAsync(EdgeHostClient client, BenchmarkRun run, CancellationToken cancellationToken)
    {
        var (anew, restored) = (new Samples(), new Samples());
        for (var round = 0; round < run.Times(7); round++)
        {
            var prompt = Prompt(LongPrompt, 100 + round);
            anew.Add(await TimeAsync(() => WriteAsync(client, prompt, 1, null, cancellationToken)));
            var name = round.ToString(CultureInfo.InvariantCulture);
            await WriteAsync(client, prompt, 1, name, cancellationToken);

            // The call that is measured keeps no session anew: it is one token long, and its file is written after its answer.
            var cached = 0;
            restored.Add(await TimeAsync(async () => cached = await WriteAsync(client, prompt, 1, name, cancellationToken)));
            if (cached != LongPrompt - 1) throw new InvalidOperationException($"{cached} of {LongPrompt} tokens were restored.");
        }

        return (anew, restored);
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<int> WriteAsync(EdgeHostClient client, string prompt, int tokens, string? session, CancellationToken cancellationToken)
    {
        GenerateResponse? response = null;
        var options = new CallOptions { OnStreamResponse = body => response = WireMessageSerializer.Deserialize<GenerateResponse>(body) };
        await foreach (var _ in client.Language.GenerateAsync(new GenerateRequest { Prompt = prompt, MaxTokens = tokens, Session = session }, options, cancellationToken))
        {
        }

        return response!.CachedTokens;
    }

    // A character a token.
    private static string Prompt(int length, int seed)
    {
        var random = new Random(seed);
        return new string([.. Enumerable.Range(0, length).Select(_ => (char)('A' + random.Next(26)))]);
    }
}
