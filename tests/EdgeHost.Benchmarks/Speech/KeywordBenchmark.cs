using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords.Heads;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Benchmarks.Speech;

/// <summary>What it costs to listen for keywords, without the host around it: one and six of them in one stream; and how often ready-made ones are heard in an hour of speech without them.</summary>
internal sealed class KeywordBenchmark : IBenchmark
{
    private const int Seconds = 120;
    private const int Minutes = 60;
    private static readonly string[] Keywords = ["keyword-hey-jarvis", "keyword-alexa", "keyword-hey-mycroft"];

    public string Name => "keywords";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var models = await RealModels.OpenAsync("Speech:keyword-,oww-");
        var sentences = Read(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "EdgeHost.Plugins.Speech.Tests", "Media", "two-sentences.flac"), cancellationToken));
        var times = Math.Max(1, run.Times(Seconds) * AudioReader.SpeechRate / sentences.Length);
        var sound = Enumerable.Repeat(sentences, times).SelectMany(static samples => samples).ToArray();
        await ListenAsync(models.Provider, 1, sentences, cancellationToken);
        var (one, _) = await ListenAsync(models.Provider, 1, sound, cancellationToken);
        var (six, _) = await ListenAsync(models.Provider, 6, sound, cancellationToken);
        var length = (double)sound.Length / AudioReader.SpeechRate;
        var hops = (double)sound.Length / KeywordFeatures.HopSamples;
        Console.WriteLine($"{length:F0} s of sound: one keyword {one.TotalMilliseconds / hops:F2} ms a hop, six {six.TotalMilliseconds / hops:F2} ms, of 80 ms");
        var (alarms, hours) = await CountAlarmsAsync(models.Provider, run.Times(Minutes), cancellationToken);
        Console.WriteLine($"{alarms} false alarms of {Keywords.Length} keywords in {hours:F2} h of synthesised speech");
        return
        [
            new Figure("share of a core of a stream with one keyword", one.TotalSeconds / length, Must: Bound.AtMost(0.05)),
            new Figure("share of a core of a stream with six keywords", six.TotalSeconds / length),
            new Figure("time of the processor a hop, one keyword", one.TotalMilliseconds / hops, "ms"),
            new Figure("time of the processor a hop, six keywords", six.TotalMilliseconds / hops, "ms"),
            new Figure($"false alarms an hour of {Keywords.Length} ready-made keywords", hours > 0 ? alarms / hours : 0),
        ];
    }

    private static async Task<(TimeSpan Processor, int Hits)> ListenAsync(IModelProvider models, int keywords, ReadOnlyMemory<float> sound, CancellationToken cancellationToken)
    {
        using var spotter = await OpenAsync(models, keywords, cancellationToken);
        using var process = Process.GetCurrentProcess();
        var (before, hits) = (process.TotalProcessorTime, 0);
        for (var at = 0; at < sound.Length; at += KeywordFeatures.HopSamples)
        {
            hits += (await spotter.HearAllAsync(sound.Slice(at, Math.Min(KeywordFeatures.HopSamples, sound.Length - at)), cancellationToken)).Count;
        }

        process.Refresh();
        return (process.TotalProcessorTime - before, hits);
    }

    private static async Task<KeywordSpotter> OpenAsync(IModelProvider models, int keywords, CancellationToken cancellationToken)
    {
        var heads = new List<IKeywordHead>();
        for (var i = 0; i < keywords; i++) heads.Add(new ModelHead($"{i}", await models.LeaseAsync(Keywords[i % Keywords.Length], cancellationToken)));
        return new KeywordSpotter(await KeywordFeatures.CreateAsync(models, cancellationToken), heads, gate: null, threshold: null);
    }

    // The documents of this repository, read aloud by flite; nothing where it is not installed.
    private static async Task<(int Alarms, double Hours)> CountAlarmsAsync(IModelProvider models, int minutes, CancellationToken cancellationToken)
    {
        string[] voices = ["slt", "rms", "awb", "kal16"];
        using var spotter = await OpenAsync(models, Keywords.Length, cancellationToken);
        using var folder = new TempFolder();
        var (alarms, number) = (0, 0);
        var lines = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(static line => line.Length > 80 && line[0] is not ('|' or '`')).ToArray();
        while (spotter.Position < (long)minutes * 60 * AudioReader.SpeechRate)
        {
            var path = folder.Combine("line.wav");
            try
            {
                using var process = Process.Start(new ProcessStartInfo("flite", ["-voice", voices[number % voices.Length], "-t", lines[number % lines.Length], "-o", path]))!;
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                break;
            }

            number++;
            alarms += (await spotter.HearAllAsync(Read(await File.ReadAllBytesAsync(path, cancellationToken)), cancellationToken)).Count;
        }

        return (alarms, (double)spotter.Position / AudioReader.SpeechRate / 3600);
    }

    private static float[] Read(byte[] file)
    {
        var (source, samples, block) = (AudioReader.Open(file, format: null, sampleRate: null, channels: null), new List<float>(), new float[4096]);
        while (source.Read(block) is > 0 and var count) samples.AddRange(block.AsSpan(0, count));
        return [.. samples];
    }
}
