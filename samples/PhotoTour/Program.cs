using EdgeHost;
using EdgeHost.Client;
using PhotoTour;

// A tour of a few photographs: reads their text, finds their faces, says how long it took and which device did it, and draws the result.
if (args.Length == 0)
{
    Console.Error.WriteLine("Usage: PhotoTour PICTURE... [--out FOLDER]");
    return 2;
}

var outIndex = Array.IndexOf(args, "--out");
var folder = outIndex >= 0 && outIndex + 1 < args.Length ? args[outIndex + 1] : Path.Combine(Path.GetTempPath(), "edgehost-demo");
var pictures = args.Where((_, i) => outIndex < 0 || (i != outIndex && i != outIndex + 1)).ToArray();
Directory.CreateDirectory(folder);

try
{
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "photo-tour" });
    foreach (var picture in pictures)
    {
        await Tour.VisitAsync(client, picture, folder);
    }

    return 0;
}
catch (EdgeHostException e)
{
    Console.Error.WriteLine($"{e.Code.ToWireName()}: {e.Message}");
    return 1;
}
