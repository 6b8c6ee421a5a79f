using System.CommandLine;
using EdgeHost.Host.Hosting;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost serve</c>: runs the host until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string Name = "serve";

    /// <summary>Whether this is the verb that was given.</summary>
    public static bool IsIn(ParseResult parsed) => parsed.CommandResult.Command.Name == Name;

    public static Command Create()
    {
        var budget = new Option<long?>("--memory-budget")
        {
            Description = "Bytes that all loaded models may take together (default: half of the machine's or container's memory).",
            HelpName = "BYTES",
        };
        budget.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() < ModelPoolOptions.MinBudgetBytes)
            {
                result.AddError($"--memory-budget takes at least {ModelPoolOptions.MinBudgetBytes} bytes.");
            }
        });
        var verbose = new Option<bool>("--verbose") { Description = "Log details, for example each connection." };
        var quiet = new Option<bool>("--quiet") { Description = "Log warnings and errors only." };
        var stopWithInput = new Option<bool>("--stop-with-input") { Description = "Stop when standard input ends: for a program that starts a host of its own." };
        var command = ExampleHelp.With(
            new Command(Name, "Runs the host in the foreground, or as a service: SIGTERM or Ctrl-C lets calls in flight finish, then ends it.")
            {
                budget, verbose, quiet, stopWithInput, CommonOptions.Wyoming, CommonOptions.Gateway,
            },
            "edgehost serve",
            "edgehost serve --memory-budget 500000000 --plugins ~/my-plugins",
            "edgehost serve --config /etc/edgehost.json",
            "edgehost serve --wyoming",
            "edgehost serve --gateway");
        command.SetAction((parsed, cancellationToken) => HostRunner.RunAsync(
            CommonOptions.SettingsOf(
                parsed,
                parsed.GetValue(budget),
                parsed.GetValue(verbose) ? HostVerbosity.Details : parsed.GetValue(quiet) ? HostVerbosity.Problems : null,
                parsed.GetValue(stopWithInput)),
            cancellationToken));
        return command;
    }
}
