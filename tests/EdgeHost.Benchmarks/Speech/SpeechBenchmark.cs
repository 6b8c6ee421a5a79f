using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Speech;

/// <summary>
/// Hearing through the real host: how long after the end of a sentence its text is there, for one stream and eight, and beside another app that has recordings written down
/// without a pause; how much of a core listening takes; how much memory eight streams take over one; words wrong and time taken for clips of people, beside another engine.
/// </summary>
internal sealed class SpeechBenchmark : IBenchmark
{
    private const int Sentences = 12;
    private const int Streams = 8;
    private const int HeaderBytes = 44;
    private const int ListeningSeconds = 30;
    private static readonly TimeSpan EndOfSpeech = TimeSpan.FromMilliseconds(1947);

    public string Name => "speech";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var media = Path.Combine(Repository.Root, "tests", "EdgeHost.Plugins.Speech.Tests", "Media");
        var sentence = (await File.ReadAllBytesAsync(Path.Combine(media, "sentence.wav"), cancellationToken))[HeaderBytes..];
        var recording = await File.ReadAllBytesAsync(Path.Combine(media, "two-sentences.flac"), cancellationToken);
        await using var host = await RunningHost.StartAsync(cancellationToken);
        await using var person = await host.ConnectAsync("captions", cancellationToken);
        await using var other = await host.ConnectAsync("notes", cancellationToken);
        var count = run.Times(Sentences);
        await new LiveStream(person, sentence, EndOfSpeech).SpeakAsync(2, new Samples(), cancellationToken);
        var resting = Resident(host);

        var (alone, busy, eight) = (new Samples(), new Samples(), new Samples());
        var used = host.ProcessorSeconds;
        await SpeakAsync(person, 1, alone);
        var share = (host.ProcessorSeconds - used) / (count * sentence.Length / 32_000.0);
        var one = Resident(host);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batch = TranscribeAsync(other, recording, stop.Token);
        await SpeakAsync(person, 1, busy);
        await stop.CancelAsync();
        var recordings = await batch;

        await SpeakAsync(person, Streams, eight);
        var many = Resident(host);
        Print("one stream, alone", alone);
        Print($"one stream, another app had {recordings} recordings of 9 s written down meanwhile", busy);
        Print($"{Streams} streams", eight);
        Console.WriteLine($"one stream took {share:P1} of a core; memory {resting >> 20} MB at rest, {one >> 20} MB after one stream, {many >> 20} MB after {Streams}");
        var clips = await new ClipComparison(host, other).MeasureAsync(cancellationToken);
        var listening = await new ListeningCost(host, person).MeasureAsync(run.Times(ListeningSeconds), cancellationToken);
        return
        [
            .. clips,
            .. listening,
            new Figure("end of speech to final text, p50, one stream", alone.Median, "ms"),
            new Figure("the same, p99", alone.Percentile(0.99), "ms"),
            new Figure("interactive p99 beside a batch over alone", busy.Percentile(0.99) / alone.Percentile(0.99), Must: Bound.AtMost(1.5)),
            new Figure($"p50 of {Streams} streams over one", eight.Median / alone.Median),
            new Figure($"p99 of {Streams} streams", eight.Percentile(0.99), "ms"),
            new Figure("share of a core of one listening stream that hears speech", share),
            new Figure($"memory of {Streams} streams over one", (double)many / one, Must: Bound.AtMost(1.3)),
        ];

        async Task SpeakAsync(EdgeHostClient client, int streams, Samples delays)
        {
            var heard = await Task.WhenAll(Enumerable.Range(0, streams).Select(async number =>
            {
                // People do not speak in step.
                await Task.Delay(number * 370, cancellationToken);
                return await new LiveStream(client, sentence, EndOfSpeech).SpeakAsync(count, delays, cancellationToken);
            }));
            if (heard.Any(texts => texts != count)) throw new InvalidOperationException($"Of {count} sentences each these had a text: {string.Join(", ", heard)}.");
        }
    }

    private static async Task<int> TranscribeAsync(EdgeHostClient client, byte[] recording, CancellationToken stop)
    {
        var done = 0;
        try
        {
            while (true)
            {
                await client.Speech.TranscribeAsync(new TranscribeRequest { Audio = recording }, new CallOptions { Priority = CallPriority.Background }, stop);
                done++;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return done;
        }
    }

    private static long Resident(RunningHost host) => ProcessMemory.ResidentBytes(host.ProcessId);

    private static void Print(string title, Samples delays)
        => Console.WriteLine($"{title}: end of speech to final text p50 {delays.Median:F0} ms   p95 {delays.Percentile(0.95):F0} ms   p99 {delays.Percentile(0.99):F0} ms   {delays.Count} sentences");
}
