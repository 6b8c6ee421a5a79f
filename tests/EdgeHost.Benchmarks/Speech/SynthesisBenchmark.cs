using System.Diagnostics;
using System.Text;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Speech;

/// <summary>
/// Delay from a sentence to its first sound, and to its last, through the socket and beside it the bare program, started for each sentence as a script would. The two take turns,
/// with a pause between sentences as a conversation has.
/// </summary>
internal sealed class SynthesisBenchmark : IBenchmark
{
    private const int Sentences = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Words =
        ["weather", "kettle", "meeting", "garden", "letter", "window", "doctor", "kitchen", "train", "music", "bottle", "teacher", "river", "market", "summer"];

    public string Name => "synthesis";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        await using var host = await RunningHost.StartAsync(cancellationToken);
        await using var client = await host.ConnectAsync("synthesis", cancellationToken);
        var voices = await client.Speech.ListVoicesAsync(new VoicesRequest { Language = "en" }, cancellationToken: cancellationToken);
        foreach (var voice in new[] { "espeak-ng:en-us", "flite:slt" })
        {
            if (voices.Voices.Any(known => known.Voice == voice && known.IsAvailable)) figures.AddRange(await MeasureAsync(run, client, voice, cancellationToken));
            else Console.WriteLine($"{voice}: its program is not installed; left out");
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkRun run, EdgeHostClient client, string voice, CancellationToken cancellationToken)
    {
        var (first, last, bareFirst, bareLast, share) = (new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
        await SayAsync(client, voice, "The first one is not counted.", cancellationToken);
        for (var i = 0; i < run.Times(Sentences); i++)
        {
            var text = $"Please tell me about the {Words[i % Words.Length]} and the {Words[(i * 7 + 3) % Words.Length]}, number {i}.";
            await Task.Delay(Pause, cancellationToken);
            var (toFirst, toLast, sound) = await SayAsync(client, voice, text, cancellationToken);
            first.Add(toFirst);
            last.Add(toLast);
            share.Add(toLast / sound);
            await Task.Delay(Pause, cancellationToken);
            var (bareToFirst, bareToLast) = await SayBareAsync(voice, text, cancellationToken);
            bareFirst.Add(bareToFirst);
            bareLast.Add(bareToLast);
        }

        Console.WriteLine($"{voice}, {first.Count} sentences: first sound p50 {first.Median:F1} ms, p99 {first.Percentile(0.99):F1} ms (bare program {bareFirst.Median:F1} and {bareFirst.Percentile(0.99):F1} ms)");
        Console.WriteLine($"{voice}: last sound p50 {last.Median:F1} ms (bare program {bareLast.Median:F1} ms), {share.Median:P1} of the time that it sounds");
        return
        [
            new Figure($"{voice}, first sound, p50", first.Median, "ms"),
            new Figure($"{voice}, first sound, p99", first.Percentile(0.99), "ms"),
            new Figure($"{voice}, first sound, p50 over the bare program", first.Median / bareFirst.Median),
            new Figure($"{voice}, real-time factor", share.Median),
        ];
    }

    private static async Task<(TimeSpan First, TimeSpan Last, TimeSpan Sound)> SayAsync(EdgeHostClient client, string voice, string text, CancellationToken cancellationToken)
    {
        var (started, first, sound) = (Stopwatch.GetTimestamp(), default(TimeSpan?), 0.0);
        await foreach (var chunk in client.Speech.SynthesizeStreamAsync(new SynthesizeStreamRequest { Text = text, Voice = voice }, cancellationToken: cancellationToken))
        {
            first ??= Stopwatch.GetElapsedTime(started);
            sound += (double)chunk.Audio.Length / sizeof(short) / chunk.SampleRateHz;
        }

        return (first ?? throw new InvalidOperationException("Nothing was said."), Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(sound));
    }

    private static async Task<(TimeSpan First, TimeSpan Last)> SayBareAsync(string voice, string text, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var name = voice[(voice.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var isFlite = voice.StartsWith("flite", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isFlite ? "flite" : "espeak-ng") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in isFlite ? new[] { "-voice", name, "-f", "/dev/stdin", "-o", folder.Combine("out.wav") } : ["-v", name, "--stdin", "--stdout"]) start.ArgumentList.Add(argument);
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        process.StandardInput.Close();
        var (block, first) = (new byte[16 * 1024], default(TimeSpan?));
        while (await process.StandardOutput.BaseStream.ReadAsync(block, cancellationToken) > 0) first ??= Stopwatch.GetElapsedTime(started);
        await process.WaitForExitAsync(cancellationToken);

        // Flite's file is whole when it ends.
        var last = Stopwatch.GetElapsedTime(started);
        return (first ?? last, last);
    }
}
