using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary>The verbs of <c>edgehost</c>: parses, runs one, and turns what happened into an exit code.</summary>
internal static class CommandLine
{
    private const int UnfoldedWidth = 1000;

    /// <summary>What a verb may take to end after SIGTERM or Ctrl-C. The host has a limit of its own, since it lets calls finish.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] args)
    {
        var root = ExampleHelp.With(
            new RootCommand("EdgeHost: one background AI host for every app on this device.")
            {
                ServeCommand.Create(),
                ConfigCommand.Create(),
                CallCommand.Create(),
                CapabilitiesCommand.Create(),
                ModelsCommand.Create(),
                PluginsCommand.Create(),
                AppsCommand.Create(),
                TrainingCommand.Create(),
                TrainCommand.Create(),
                JobsCommand.Create(),
                HealthCommand.Create(),
                TopCommand.Create(),
                ExplainCommand.Create(),
                DoctorCommand.Create(),
                DemoCommand.Create(),
            },
            "edgehost demo                                   set up, start a host and show what it does",
            "edgehost serve                                  run the host",
            "edgehost call vision.recognize_text --file image=page.jpg");
        foreach (var option in CommonOptions.All) root.Options.Add(option);

        var helpOption = root.Options.OfType<HelpOption>().Single();
        helpOption.Action = new MethodHelp(new ExampleHelp((HelpAction)helpOption.Action!));

        // Redirected output is read by programs and editors: it is not folded at a terminal's width.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = UnfoldedWidth;

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not MethodHelp)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"Try 'edgehost {CommandPath(parsed)}--help'.").ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = ServeCommand.IsIn(parsed) ? Timeout.InfiniteTimeSpan : StopTimeout,
        };
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.Usage;
        }
        catch (EdgeHostException e)
        {
            await Console.Error.WriteLineAsync(ErrorJson.Format(e)).ConfigureAwait(false);
            return ExitCodes.Error;
        }
        catch (OutputClosedException)
        {
            // Who reads has what it wanted; there is nobody to tell.
            return ExitCodes.OutputClosed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(
                ErrorJson.Format(new EdgeHostException(ErrorCode.Cancelled, "Stopped before the end."))).ConfigureAwait(false);
            return ExitCodes.Error;
        }
        catch (Exception e)
        {
            // The boundary of the program: a fault of ours ends with the same form as any error, and all there is to report it with.
            var fault = new EdgeHostException(ErrorCode.Internal, $"{e.Message} Please report this with its details.")
            {
                Details = new Dictionary<string, string> { ["exception"] = e.ToString() },
            };
            await Console.Error.WriteLineAsync(ErrorJson.Format(fault)).ConfigureAwait(false);
            return ExitCodes.Error;
        }
    }

    private static string CommandPath(ParseResult parsed)
    {
        var path = string.Empty;
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Parent: not null } command; result = command.Parent)
        {
            path = $"{command.Command.Name} {path}";
        }

        return path;
    }
}
