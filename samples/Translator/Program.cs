using EdgeHost;
using EdgeHost.Client;
using Translator;

// Translates what is typed, while it is typed, and files with their formatting kept.
//   Translator zh                    what is typed; detected, into Chinese
//   Translator fr notes.md           notes.md into notes.fr.md; txt, md, srt
//   Translator fr --from en ...      without detection
try
{
    var words = args.ToList();
    var source = TakeOption(words, "--from");
    if (words.Count is 0 or > 2)
    {
        Console.Error.WriteLine("Translator TARGET [FILE] [--from SOURCE]: TARGET is a language such as fr or zh; FILE is .txt, .md or .srt.");
        return 2;
    }

    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "translator" });
    if (words.Count == 2)
    {
        Console.WriteLine(await new FileTranslator(client, source, words[0]).TranslateAsync(words[1]));
        return 0;
    }

    if (Console.IsInputRedirected) await new LineTranslator(client, source, words[0]).RunAsync(Console.In, Console.Out);
    else
    {
        using var live = new LiveTranslator(client, source, words[0]);
        await live.RunAsync();
    }

    return 0;
}
catch (Exception e) when (e is EdgeHostException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static string? TakeOption(List<string> words, string name)
{
    var at = words.IndexOf(name);
    if (at < 0 || at + 1 >= words.Count) return null;
    var value = words[at + 1];
    words.RemoveRange(at, 2);
    return value;
}
