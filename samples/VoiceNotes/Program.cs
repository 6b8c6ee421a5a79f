using EdgeHost;
using EdgeHost.Client;
using VoiceNotes;

// A folder of recordings as searchable text.
//   VoiceNotes index FOLDER          writes down what is new or changed
//   VoiceNotes search FOLDER WORDS   where the words were said
try
{
    switch (args)
    {
        case ["index", var folder]:
            await using (var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "voice-notes" }))
            {
                return await new Indexer(client, NoteIndex.Open(folder)).RunAsync(folder) ? 0 : 1;
            }

        case ["search", var folder, .. { Length: > 0 } words]:
            var hits = NoteIndex.Open(folder).Search(words);
            foreach (var (note, segment) in hits) Console.WriteLine($"{note.File} {TimeSpan.FromMilliseconds(segment.StartMs):hh\\:mm\\:ss}  {segment.Text}");
            if (hits.Count == 0) Console.Error.WriteLine("Nobody said that.");
            return hits.Count > 0 ? 0 : 1;

        default:
            Console.Error.WriteLine("Usage: VoiceNotes index FOLDER | VoiceNotes search FOLDER WORDS");
            return 2;
    }
}
catch (Exception e) when (e is EdgeHostException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
