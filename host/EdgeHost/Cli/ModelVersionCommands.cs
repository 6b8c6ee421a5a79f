using System.CommandLine;
using EdgeHost.Capabilities.Models;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost models versions</c>, <c>promote</c>, <c>rollback</c> and <c>history</c>: versions that were made on this device.</summary>
internal static class ModelVersionCommands
{
    private static readonly string[] Targets = ["shadow", "canary", "current"];

    public static Command CreateVersions()
    {
        var model = OptionalModel();
        var (app, user, json) = (App(), TrainingCommand.User(), CommonOptions.Json());
        var command = ExampleHelp.With(
            new Command("versions", "Lists versions that were made on this device, where they are, and what they have shown.") { model, app, user, json },
            "edgehost models versions",
            "edgehost models versions ocr-cls --app mail");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.CallAsync<ListVersionsRequest, ListVersionsResponse>(
                ModelMethods.Versions,
                new ListVersionsRequest { Model = parsed.GetValue(model), App = parsed.GetValue(app), User = parsed.GetValue(user) },
                cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Print(response);
            return ExitCodes.Ok;
        });
        return command;
    }

    public static Command CreatePromote()
    {
        var model = Model();
        var version = Version("The version (default: the one that is tried, else the newest that is stored).");
        var to = new Option<string>("--to") { Description = "shadow, canary or current.", DefaultValueFactory = static _ => "current" };
        to.AcceptOnlyFromAmong(Targets);
        var force = new Option<bool>("--force") { Description = "Make it the current one though its gate has not passed." };
        var (app, user, json) = (App(), TrainingCommand.User(), CommonOptions.Json());
        var command = ExampleHelp.With(
            new Command("promote", "Lets a version go on: to shadow, as a canary, or to serve.") { model, version, to, force, app, user, json },
            "edgehost models promote ocr-cls --to shadow",
            "edgehost models promote mail/spam --version 1.0.0-local.3 --force");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var request = new PromoteModelRequest
            {
                Model = parsed.GetRequiredValue(model),
                Version = parsed.GetValue(version),
                To = Enum.Parse<VersionStage>(parsed.GetRequiredValue(to), ignoreCase: true),
                Force = parsed.GetValue(force),
                App = parsed.GetValue(app),
                User = parsed.GetValue(user),
            };
            var response = await caller.CallAsync<PromoteModelRequest, PromoteModelResponse>(ModelMethods.Promote, request, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Console.WriteLine(Describe(response.Version));
            return ExitCodes.Ok;
        });
        return command;
    }

    public static Command CreateRollBack()
    {
        var model = Model();
        var version = Version("The version (default: the one that serves, else the one that is tried).");
        var reason = new Option<string?>("--reason") { Description = "Why, for the history." };
        var (app, user, json) = (App(), TrainingCommand.User(), CommonOptions.Json());
        var command = ExampleHelp.With(
            new Command("rollback", "Takes a version back: the one before it serves again, or the shipped one.") { model, version, reason, app, user, json },
            "edgehost models rollback ocr-cls --reason 'worse on receipts'");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var request = new RollBackModelRequest
            {
                Model = parsed.GetRequiredValue(model),
                Version = parsed.GetValue(version),
                Reason = parsed.GetValue(reason),
                App = parsed.GetValue(app),
                User = parsed.GetValue(user),
            };
            var response = await caller.CallAsync<RollBackModelRequest, RollBackModelResponse>(ModelMethods.RollBack, request, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Console.WriteLine($"{response.Model}@{response.From} was taken back{(response.To is null ? "." : $"; {response.To} serves again.")}");
            return ExitCodes.Ok;
        });
        return command;
    }

    public static Command CreateHistory()
    {
        var model = OptionalModel();
        var limit = new Option<int>("--limit") { Description = "How many decisions at most, the newest first.", DefaultValueFactory = static _ => 50, HelpName = "N" };
        var (app, user, json) = (App(), TrainingCommand.User(), CommonOptions.Json());
        var command = ExampleHelp.With(
            new Command("history", "Tells what was decided about versions that were made on this device, by whom and why.") { model, limit, app, user, json },
            "edgehost models history ocr-cls",
            "edgehost models history --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.CallAsync<ModelHistoryRequest, ModelHistoryResponse>(
                ModelMethods.History,
                new ModelHistoryRequest { Model = parsed.GetValue(model), Limit = parsed.GetValue(limit), App = parsed.GetValue(app), User = parsed.GetValue(user) },
                cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Print(response);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>The option that names an app.</summary>
    internal static Option<string?> App() => new("--app") { Description = "The app whose version it is (default: for every app).", HelpName = "NAME" };

    /// <summary>A version in a line.</summary>
    internal static string Describe(ModelVersionEntry version)
        => $"{version.Model}@{version.Version}{(version.App is null ? string.Empty : $" of {version.App}")} is {version.Stage.ToString().ToLowerInvariant()}.";

    private static Argument<string> Model() => new("model") { Description = "The model's id, or APP/NAME for one of an app's own." };

    private static Argument<string?> OptionalModel() => new("model") { Description = "The model's id; all if left out.", Arity = ArgumentArity.ZeroOrOne };

    private static Option<string?> Version(string description) => new("--version") { Description = description, HelpName = "VERSION" };

    private static void Print(ListVersionsResponse response)
    {
        if (response.Versions.Count == 0)
        {
            Console.WriteLine("No versions were made on this device; shipped models serve.");
            return;
        }

        var table = Tables.Create("model", "version", "for", "stage", "calls", "failed", "agrees", "run time", "size", "why");
        foreach (var version in response.Versions)
        {
            table.AddRow(
                Markup.Escape(version.Model),
                Markup.Escape(version.Version),
                Markup.Escape(version.App ?? "all"),
                version.Stage == VersionStage.Current ? "[green]current[/]" : version.Stage.ToString().ToLowerInvariant(),
                $"{version.Calls}",
                $"{version.Errors}",
                version.Agreement is { } agreement ? $"{agreement:P0}" : string.Empty,
                version.LatencyRatio is { } ratio ? $"{ratio:0.00}x" : string.Empty,
                version.HasFiles ? Tables.Bytes(version.Bytes) : "gone",
                Markup.Escape(version.Reason));
        }

        AnsiConsole.Write(table);
    }

    private static void Print(ModelHistoryResponse response)
    {
        if (response.Events.Count == 0)
        {
            Console.WriteLine("Nothing was decided yet.");
            return;
        }

        var table = Tables.Create("time", "model", "version", "for", "from", "to", "by", "why");
        foreach (var entry in response.Events)
        {
            table.AddRow(
                $"{DateTimeOffset.FromUnixTimeMilliseconds(entry.TimeMs):yyyy-MM-dd HH:mm:ss}",
                Markup.Escape(entry.Model),
                Markup.Escape(entry.Version),
                Markup.Escape(entry.App ?? "all"),
                entry.From?.ToString().ToLowerInvariant() ?? string.Empty,
                entry.To.ToString().ToLowerInvariant(),
                Markup.Escape(entry.By),
                Markup.Escape(entry.Reason));
        }

        AnsiConsole.Write(table);
    }
}
