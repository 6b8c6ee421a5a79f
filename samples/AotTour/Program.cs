using EdgeHost;
using EdgeHost.Capabilities.Models;
using EdgeHost.Client;

// The client in an app that is compiled ahead of time: what the host offers, a call, and a stream.
if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: AotTour PICTURE");
    return 2;
}

try
{
    var picture = await File.ReadAllBytesAsync(args[0]);
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "aot-tour" });
    var capabilities = await client.GetCapabilitiesAsync();
    Console.WriteLine($"host {client.Host.Version} with {capabilities.Count} methods");

    var text = await client.Vision.RecognizeTextAsync(picture);
    Console.WriteLine($"{text.Lines.Count} lines");
    foreach (var line in text.Lines)
    {
        Console.WriteLine($"  {line.Confidence:F2} {line.Text}");
    }

    // The models are here already, or there would be no text: the stream says so and ends.
    await foreach (var progress in client.Models.PullAsync(new PullModelsRequest { Models = [.. text.Models] }))
    {
        Console.WriteLine($"model {progress.Model}: {progress.Phase}");
    }

    return 0;
}
catch (EdgeHostException e)
{
    Console.Error.WriteLine($"{e.Code.ToWireName()}: {e.Message}");
    return 1;
}
