using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Speech;

/// <summary>People of the shared test data, written down by the host and by another engine: words wrong, by the same rules, and the time that it takes over the time that it sounds.</summary>
/// <param name="host">The host.</param>
/// <param name="client">An app.</param>
internal sealed class ClipComparison(RunningHost host, EdgeHostClient client)
{
    private const string Clips = "testdata/speech";

    /// <summary>Compares.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Figures; of what is missing none, and the reason is printed.</returns>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(CancellationToken cancellationToken)
    {
        if (Repository.FindShared(Clips) is not { } folder)
        {
            Console.WriteLine($"clips of people are left out: there is no {Clips} beside the checkout");
            return [];
        }

        var lines = (await File.ReadAllLinesAsync(Path.Combine(folder, "transcripts.tsv"), cancellationToken)).Skip(1).Select(static line => line.Split('\t')).ToList();
        var clips = lines.ToDictionary(static line => line[0], static line => line[2]);
        var seconds = lines.Sum(static line => double.Parse(line[1], System.Globalization.CultureInfo.InvariantCulture));
        var (started, used, ours) = (Stopwatch.GetTimestamp(), host.ProcessorSeconds, new Dictionary<string, string>());
        foreach (var name in clips.Keys)
        {
            var audio = await File.ReadAllBytesAsync(Path.Combine(folder, name), cancellationToken);
            ours[name] = (await client.Speech.TranscribeAsync(audio, options: null, cancellationToken)).Text;
        }

        var (elapsed, processor, wrong) = (Stopwatch.GetElapsedTime(started).TotalSeconds / seconds, (host.ProcessorSeconds - used) / seconds, WrongShare(clips, ours));
        Console.WriteLine($"{clips.Count} clips, {seconds:F0} s: the host has {wrong:P1} of the words wrong and takes {processor:F3} of the time that they sound on the processor, {elapsed:F3} by the clock");
        var figures = new List<Figure>
        {
            new("share of words wrong, clips of people", wrong, Must: Bound.AtMost(0.042)),
            new("real-time factor of transcription, processor", processor),
            new("real-time factor of transcription, clock", elapsed),
        };
        var (heard, missing) = await PocketSphinx.HearAsync(folder, [.. clips.Keys], cancellationToken);
        if (heard is not { } other)
        {
            Console.WriteLine($"pocketsphinx is left out: {missing}");
            return figures;
        }

        var (theirs, share) = (WrongShare(clips, other.Texts), other.ProcessorSeconds / seconds);
        Console.WriteLine($"pocketsphinx has {theirs:P1} of the words wrong and takes {share:F3} of the time that they sound on the processor");
        figures.Add(new Figure("share of words wrong, pocketsphinx", theirs));
        figures.Add(new Figure("real-time factor of pocketsphinx, processor", share));
        figures.Add(new Figure("words wrong over those of pocketsphinx", wrong / theirs, Must: Bound.AtMost(1)));
        return figures;
    }

    private static double WrongShare(Dictionary<string, string> said, Dictionary<string, string> heard)
    {
        var counts = said.Select(clip => WordErrors.Count(clip.Value, heard.GetValueOrDefault(clip.Key, string.Empty))).ToList();
        return (double)counts.Sum(static count => count.Errors) / counts.Sum(static count => count.Words);
    }
}
