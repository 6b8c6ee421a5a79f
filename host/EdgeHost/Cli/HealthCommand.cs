using System.CommandLine;
using System.Globalization;
using EdgeHost.Capabilities.Health;
using EdgeHost.Client.Health;
using EdgeHost.Client.Health.Replay;
using EdgeHost.Host.Replaying;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost health</c>: tools for the Health plugin beside <c>edgehost call</c>.</summary>
internal static class HealthCommand
{
    public static Command Create() => new("health", "Health data: replays a record as if it came from a live device.") { CreateReplay() };

    private static Command CreateReplay()
    {
        var file = new Argument<string>("file") { Description = "The header of a WFDB record (.hea), or CSV: time in ms and a column a channel, or readings (type, value, unit, time)." };
        var speed = new Option<double>("--speed") { Description = string.Create(CultureInfo.InvariantCulture, $"How many times as fast as it was recorded, {ReplayOptions.LeastSpeed} to {ReplayOptions.MostSpeed}."), HelpName = "FACTOR", DefaultValueFactory = _ => 1 };
        speed.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= ReplayOptions.LeastSpeed and <= ReplayOptions.MostSpeed))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--speed takes {ReplayOptions.LeastSpeed} to {ReplayOptions.MostSpeed}."));
        });
        var signal = new Option<string?>("--signal") { Description = "The signal or column by its name (default: the first that is an ECG or a pulse signal).", HelpName = "NAME" };
        var kind = new Option<WaveKind?>("--kind") { Description = "What the signal is of (default: what its name tells; of CSV, a pulse signal).", HelpName = "ecg|ppg" };
        var person = new Option<string>("--person") { Description = "Whose journal readings go to.", HelpName = "NAME", DefaultValueFactory = _ => "self" };
        var json = new Option<bool>("--json") { Description = "Print each answer of the host as JSON, one a line." };
        var command = ExampleHelp.With(
            new Command("replay", "Sends a record to the host as if it were a live device, and prints what the host finds. Readings are kept in the journal with times of now; signals are not kept.")
            {
                file, speed, signal, kind, person, json,
            },
            "edgehost apps grant edgehost-cli 'health.*'     once",
            "edgehost health replay 100.hea --speed 10",
            "edgehost health replay pulse.csv --kind ppg",
            "edgehost health replay glucose.csv --speed 60 --person test");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var record = RecordFileReader.Read(parsed.GetRequiredValue(file), parsed.GetValue(signal), parsed.GetValue(kind));
            var options = new ReplayOptions { Speed = parsed.GetValue(speed) };
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"Replaying {record.What}.").ConfigureAwait(false);
            await PrintAsync(caller.Client.Health, record, parsed.GetValue(person) ?? "self", options, parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Task PrintAsync(HealthClient client, RecordedFile record, string person, ReplayOptions options, bool isJson, CancellationToken cancellationToken) => record switch
    {
        { Signal: null } => PrintAsync(HealthReplay.RecordAsync(client, record.Samples, person, options, cancellationToken), Text, isJson),
        { Kind: WaveKind.Ecg } => PrintAsync(HealthReplay.EcgAsync(client, record.Signal, options, cancellationToken), Text, isJson),
        _ => PrintAsync(HealthReplay.PpgAsync(client, record.Signal, options, cancellationToken), Text, isJson),
    };

    private static async Task PrintAsync<T>(IAsyncEnumerable<T> items, Func<T, string> text, bool isJson)
        where T : IWireMessage<T>
    {
        await foreach (var item in items.ConfigureAwait(false))
        {
            if (!isJson) Console.WriteLine(text(item));
            else
            {
                var bytes = WireMessageSerializer.ToArray(item);
                JsonOutput.WriteLine(writer => WireJson.WriteTo(bytes, writer));
            }
        }
    }

    private static string Text(EcgStreamItem item)
    {
        var rhythm = string.Concat(item.Rhythm.Select(static span => string.Create(CultureInfo.InvariantCulture, $"  {span.Label} {span.StartMs / 1000:0.0}-{span.EndMs / 1000:0.0} s")));
        return $"{Line(item.TimeMs, item.HeartRateBpm, item.Quality)}  {item.Beats.Count} beats{rhythm}";
    }

    private static string Text(PpgStreamItem item) => $"{Line(item.TimeMs, item.HeartRateBpm, item.Quality)}  {item.Pulses.Count} pulses";

    private static string Text(RecordSamplesResponse item)
        => $"{item.Accepted} kept  {item.Duplicates} were there{string.Concat(item.Flagged.Select(static one => $"  {one.Reason}: {one.Text}"))}";

    private static string Line(double timeMs, double? rate, SignalQualityLevel quality)
        => string.Create(CultureInfo.InvariantCulture, $"{timeMs / 1000,8:0.0} s  {(rate is { } known ? $"{known:0}" : "-"),4}/min  {quality,-9}");
}
