using EdgeHost;
using EdgeHost.Client;
using PhotoShelf;

// A folder of photos as a web page that finds them by what is in them.
//   PhotoShelf FOLDER          looks at what is new or changed, and writes FOLDER/photo-shelf.html
if (args is not [{ Length: > 0 } folder] || folder.StartsWith('-'))
{
    Console.Error.WriteLine("Usage: PhotoShelf FOLDER");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "photo-shelf" }, stop.Token);
    var shelf = Shelf.Open(folder);
    var report = await new Librarian(new PhotoReader(client), shelf).RunAsync(folder, stop.Token);
    var page = await ShelfPage.WriteAsync(folder, shelf.Photos, stop.Token);
    foreach (var missing in report.Missing) Console.Error.WriteLine($"Left out: {missing}");
    foreach (var (file, problem) in report.Failed) Console.Error.WriteLine($"{file}: {problem}");
    Console.WriteLine($"{report.Looked} looked at, {report.Known} known before, {report.Failed.Count} not understood");
    Console.WriteLine(page);
    return report.Failed.Count == 0 ? 0 : 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped. What was looked at so far is kept.");
    return 130;
}
catch (Exception e) when (e is EdgeHostException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
