using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Translation;
using EdgeHost.Client;
using EdgeHost.Plugins.Text.Pieces;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Scoring;

namespace EdgeHost.Benchmarks.Translation;

/// <summary>
/// Translation through the real host: BLEU of the shipped models, time of a sentence alone and of sixteen at once, tokens a second, and what the host adds to bare sessions
/// (<see cref="HostOverhead"/>).
/// </summary>
internal sealed class TranslationBenchmark : IBenchmark
{
    private const string Data = "testdata/translation";
    private const int Callers = 16;
    private const int Rounds = 9;
    private const int ComparedTexts = 60;

    private static readonly (string Source, string Target, string File, int From)[] Directions = [("en", "zh", "eng-zho", 0), ("zh", "en", "eng-zho", 1), ("en", "fr", "eng-fra", 0)];

    public string Name => "translation";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        if (Repository.FindShared(Data) is not { } folder)
        {
            Console.WriteLine($"Skipped: the shared data '{Data}' is not on this machine.");
            return [];
        }

        await using var host = await RunningHost.StartAsync(cancellationToken);
        await using var client = await host.ConnectAsync("translator", cancellationToken);
        var figures = new List<Figure>();
        foreach (var (source, target, file, from) in Directions)
        {
            var pairs = (await File.ReadAllLinesAsync(Path.Combine(folder, $"{file}.dev200.tsv"), cancellationToken)).Select(static line => line.Split('\t')).ToArray();
            var (texts, references) = (pairs.Select(pair => pair[from]).ToArray(), pairs.Select(pair => pair[1 - from]).ToArray());
            foreach (var beams in new[] { 1, 4 })
            {
                var said = await client.Translation.TranslateAsync(new TranslateRequest { Texts = texts, Source = source, Target = target, Beam = beams }, null, cancellationToken);
                figures.Add(new Figure($"BLEU {source}-{target}, {(beams == 1 ? "greedy" : $"beam {beams}")}", Bleu.Score(said.Texts!, [references], target == "zh" ? BleuTokeniser.Chinese : BleuTokeniser.Latin)));
            }

            if (source == "en" && target == "zh") figures.AddRange(await TimesAsync(host, client, texts[..run.Times(texts.Length, 20)], source, target, cancellationToken));
        }

        var compared = (await File.ReadAllLinesAsync(Path.Combine(folder, "eng-zho.dev200.tsv"), cancellationToken)).Take(run.Times(ComparedTexts, 10)).Select(static line => line.Split('\t')[0]);
        return [.. figures, .. await HostOverhead.MeasureAsync([.. compared], "en", "zh", Rounds, cancellationToken)];
    }

    private static async Task<List<Figure>> TimesAsync(RunningHost host, EdgeHostClient client, string[] texts, string source, string target, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        var beside = Path.Combine(Repository.Root, "plugins", "Translation", "models", $"translation-{source}-{target}");
        var vocabulary = PieceVocabulary.Read(await File.ReadAllBytesAsync(Path.Combine(beside, "source.spm"), cancellationToken), await File.ReadAllBytesAsync(Path.Combine(beside, "vocab.json"), cancellationToken));
        foreach (var beams in new[] { 1, 4 })
        {
            var name = beams == 1 ? "greedy" : $"beam {beams}";
            var (alone, together) = (new Samples(), new Samples());
            foreach (var text in texts) alone.Add(await TimeAsync(client, text, source, target, beams, cancellationToken));
            var started = Stopwatch.GetTimestamp();
            var said = await client.Translation.TranslateAsync(new TranslateRequest { Texts = texts, Source = source, Target = target, Beam = beams }, null, cancellationToken);
            var hostSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var tokens = said.Texts!.Sum(text => vocabulary.Encode(text, 512).Length);
            var all = Stopwatch.GetTimestamp();
            var queue = new ConcurrentQueue<string>(texts);
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async number =>
            {
                var own = new Samples();
                await using var caller = await host.ConnectAsync($"caller-{number}", cancellationToken);
                while (queue.TryDequeue(out var text)) own.Add(await TimeAsync(caller, text, source, target, beams, cancellationToken));
                lock (together) together.Add(own);
            }));
            var seconds = Stopwatch.GetElapsedTime(all).TotalSeconds;
            figures.AddRange(
            [
                new Figure($"a sentence, {name}, p50", alone.Median, "ms"),
                new Figure($"a sentence, {name}, p99", alone.Percentile(0.99), "ms"),
                new Figure($"a sentence of {Callers} at once, {name}, p50", together.Median, "ms"),
                new Figure($"a sentence of {Callers} at once, {name}, p99", together.Percentile(0.99), "ms"),
                new Figure($"tokens a second, {name}, one caller", tokens / hostSeconds),
                new Figure($"tokens a second, {name}, {Callers} callers", tokens / seconds),
            ]);
        }

        return figures;
    }

    private static async Task<TimeSpan> TimeAsync(EdgeHostClient client, string text, string source, string target, int beams, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await client.Translation.TranslateAsync(new TranslateRequest { Text = text, Source = source, Target = target, Beam = beams }, null, cancellationToken);
        return Stopwatch.GetElapsedTime(started);
    }
}
