using EdgeHost;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;

namespace VoiceNotes;

/// <summary>Writes recordings down: work that nobody waits for, so that live captions of another app stay fast.</summary>
internal sealed class Indexer(EdgeHostClient client, NoteIndex index)
{
    private static readonly string[] Endings = [".wav", ".flac"];

    /// <summary>Hears what is new or changed.</summary>
    /// <returns>Whether all could be heard.</returns>
    public async Task<bool> RunAsync(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        index.KeepOnly(files.Select(file => Path.GetFileName(file)).ToHashSet(StringComparer.Ordinal));
        var (heard, failed) = (0, 0);
        foreach (var file in files)
        {
            var (name, info) = (Path.GetFileName(file), new FileInfo(file));
            var stamp = $"{info.Length} {info.LastWriteTimeUtc:O}";
            if (index.Knows(name, stamp)) continue;
            try
            {
                var answer = await client.Speech.TranscribeAsync(new TranscribeRequest { Audio = await File.ReadAllBytesAsync(file) }, new CallOptions { Priority = CallPriority.Background });
                index.Keep(new Note(name, stamp, [.. answer.Segments.Select(segment => new NoteSegment(segment.StartMs, segment.EndMs, segment.Text))]));
                Console.WriteLine($"{name}: {answer.Segments.Count} stretches of speech in {answer.DurationMs / 1000.0:0.0} s");
                heard++;
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
            {
                await Console.Error.WriteLineAsync($"{name}: {e.Message}");
                failed++;
            }
        }

        Console.WriteLine($"{heard} heard, {files.Count - heard - failed} known before, {failed} not understood");
        return failed == 0;
    }
}
