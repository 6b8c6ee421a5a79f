using System.CommandLine;
using System.Globalization;
using EdgeHost.Host.Watching;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost top</c>: the running host, live.</summary>
internal static class TopCommand
{
    private const double LeastInterval = 0.1;
    private const double MostInterval = 3600;

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Print one snapshot and end." };
        var interval = new Option<double>("--interval")
        {
            Description = "Seconds between two looks, 0.1 to 3600.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 2,
        };
        interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= LeastInterval and <= MostInterval))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--interval takes {LeastInterval} to {MostInterval} seconds."));
            }
        });
        var json = new Option<bool>("--json") { Description = "Print JSON for machines: one object, or one a line without --once." };
        var command = ExampleHelp.With(
            new Command("top", "Shows the running host live: devices, queues, models and bytes, apps and their shares, decisions. 'q' or Ctrl-C ends it.")
            {
                once, interval, json,
            },
            "edgehost top",
            "edgehost top --once --json",
            "edgehost top --interval 10 >> host.log");
        command.SetAction((parsed, cancellationToken) =>
        {
            var endpoint = CommonOptions.EndpointOf(parsed);
            var options = new TopOptions(endpoint, TimeSpan.FromSeconds(parsed.GetValue(interval)), parsed.GetValue(once), parsed.GetValue(json));
            return new TopLoop(options, TopTerminal.Create(), TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }
}
