using System.Text;
using EdgeHost;
using EdgeHost.Client;
using HealthJournal;

// A health journal in the terminal: all of it stays on this device.
//   HealthJournal import FILE                  keeps the readings of a CSV, FHIR or Apple Health file
//   HealthJournal today [DATE]                 what a day was like, with charts as PNG
//   HealthJournal live READINGS ECG            replays readings and an ECG as if they came from sensors, and tells alerts as they are raised
//   Options: --person NAME  --language en|zh  --charts FOLDER  --speed TIMES
if (Settings.Parse(args) is not { } settings)
{
    Console.Error.WriteLine("Usage: HealthJournal import FILE | today [DATE] | live READINGS ECG   [--person NAME] [--language en|zh] [--charts FOLDER] [--speed TIMES]");
    return 2;
}

Console.OutputEncoding = Encoding.UTF8;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
try
{
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "health-journal" }, stop.Token);
    await (settings.Command switch
    {
        "import" => new Import(client, settings, Console.Out).RunAsync(settings.Files[0], stop.Token),
        "today" => new DayView(client, settings, TimeProvider.System, Console.Out).RunAsync(settings.Date, stop.Token),
        _ => new LiveReplay(client, settings, TimeProvider.System, Console.Out).RunAsync(settings.Files[0], settings.Files[1], stop.Token),
    });
    return 0;
}
catch (OperationCanceledException)
{
    return 1;
}
catch (Exception e) when (e is EdgeHostException or IOException or UnauthorizedAccessException or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
