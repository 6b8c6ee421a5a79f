using System.Globalization;
using System.Text;
using System.Xml;
using EdgeHost;
using EdgeHost.Client;
using ReadNext;

// A feed of articles that learns from what one reads, on this device, and says why it shows what it shows.
//   ReadNext FOLDER [READER]                      RSS and Atom files; type what to read
//   ReadNext FOLDER --practice SUBJECT LISTS      a made-up reader of one subject draws a learning curve
var isPractice = args is [_, "--practice", _, _];
var lists = 0;
if (isPractice ? !int.TryParse(args[3], NumberStyles.None, CultureInfo.InvariantCulture, out lists) : args.Length is not (1 or 2))
{
    Console.Error.WriteLine("Usage: ReadNext FOLDER [READER] | ReadNext FOLDER --practice SUBJECT LISTS");
    return 2;
}

var folder = args[0];
Console.OutputEncoding = Encoding.UTF8;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
try
{
    var articles = FeedReader.Read(folder);
    if (articles.Count == 0)
    {
        Console.Error.WriteLine($"There are no articles in the .xml files of {folder}.");
        return 1;
    }

    var byId = articles.ToDictionary(static article => article.Id, StringComparer.Ordinal);
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "read-next" }, stop.Token);
    if (isPractice)
    {
        await new Practice(new Feed(client, "practice", "practice", TimeProvider.System), byId, Console.Out).RunAsync(args[2], lists, stop.Token);
        return 0;
    }

    var feed = new Feed(client, "feed", args is [_, var reader] ? reader : "me", TimeProvider.System);
    await feed.PutAsync(articles, stop.Token);
    await new Reading(feed, byId, Console.In, Console.Out).RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException)
{
    return 1;
}
catch (Exception e) when (e is EdgeHostException or IOException or UnauthorizedAccessException or XmlException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
