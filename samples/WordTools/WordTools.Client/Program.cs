using EdgeHost;
using EdgeHost.Client;
using WordTools.Client;
using WordTools.Contract;

// Counts the words of a file, or of standard input, through a running host that has the WordTools plugin.
try
{
    var text = args.Length > 0 ? await File.ReadAllTextAsync(args[0]) : await Console.In.ReadToEndAsync();
    await using var client = await EdgeHostClient.ConnectAsync();
    var tools = new WordToolsClient(client);

    var count = await tools.CountAsync(text);
    var keywords = await tools.KeywordsAsync(new KeywordsRequest { Text = text });

    Console.WriteLine($"{count.Words} words, {count.Sentences} sentences");
    Console.WriteLine($"keywords: {string.Join(", ", keywords.Keywords.Select(k => k.Text))}");
    return 0;
}
catch (EdgeHostException e)
{
    Console.Error.WriteLine($"{e.Code.ToWireName()}: {e.Message}");
    return 1;
}
