using System.CommandLine;
using EdgeHost.Capabilities.Models;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost models</c>: through a running host, or in this process where none runs.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string?> ModelOrAll = new("model")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A model's id, or id@version; all installed ones if left out.",
    };

    public static Command Create() => new("models", "Looks at, gets, checks, removes, pins and shrinks models, and steers versions that were made here.")
    {
        CreateList(), CreatePull(), CreateVerify(), CreateRemove(), ModelPinCommands.CreatePin(), ModelPinCommands.CreateUnpin(), QuantizeCommand.Create(),
        ModelImportCommand.Create(), ModelAddCommand.Create(), ModelVersionCommands.CreateVersions(), ModelVersionCommands.CreatePromote(), ModelVersionCommands.CreateRollBack(), ModelVersionCommands.CreateHistory(),
    };

    private static Command CreateList()
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists the models that plugins and catalogues describe, and which are on this device.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.CallAsync<ListModelsRequest, ListModelsResponse>(
                ModelMethods.List, new ListModelsRequest(), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Print(response);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreatePull()
    {
        var models = new Argument<string[]>("models") { Arity = ArgumentArity.ZeroOrMore, Description = "Ids of models." };
        var all = new Option<bool>("--all") { Description = "Every model that is listed, except those whose licence must be accepted and was not, and those that are only pulled by their name." };
        var mirror = new Option<string?>("--mirror") { Description = "A folder to take files from: any file whose hash matches.", HelpName = "DIR" };
        var accept = new Option<bool>("--accept-license") { Description = "Accept a licence that is not permissive; pull without it first to read it." };
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("pull", "Gets models, and those that they require, onto this device: verified, resumable, each file once.")
            {
                models, all, mirror, accept, json,
            },
            "edgehost models pull ocr-det ocr-rec",
            "edgehost models pull --all --mirror /mnt/usb/models");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var wanted = parsed.GetValue(models) ?? [];
            if (wanted.Length == 0 && !parsed.GetValue(all)) throw new UsageException("Name a model, or give --all. 'edgehost models list' shows them.");
            if (parsed.GetValue(all))
            {
                var list = await caller.CallAsync<ListModelsRequest, ListModelsResponse>(
                    ModelMethods.List, new ListModelsRequest(), cancellationToken).ConfigureAwait(false);
                var accepts = parsed.GetValue(accept);
                wanted = [.. list.Models.Where(model => (accepts || !model.RequiresAcceptance) && !IsOnRequest(model)).Select(model => model.Id).Distinct()];
            }

            var request = new PullModelsRequest
            {
                Models = wanted,
                Mirror = parsed.GetValue(mirror) is { } folder ? Path.GetFullPath(folder) : null,
                AcceptLicense = parsed.GetValue(accept),
            };
            await ModelPulling.PullAsync(caller, request, parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
        return command;
    }

    // What only one public site has would make everything else fail where that site cannot be reached.
    private static bool IsOnRequest(ModelEntry model) => model.Properties.GetValueOrDefault("on_request") == "true";

    private static Command CreateVerify()
    {
        var json = CommonOptions.Json();
        var command = new Command("verify", "Hashes the files of installed models again; exit code 1 if one differs.") { ModelOrAll, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.CallAsync<VerifyModelRequest, VerifyModelResponse>(
                ModelMethods.Verify, new VerifyModelRequest { Model = parsed.GetValue(ModelOrAll) }, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else PrintVerified(response);
            return response.Ok ? ExitCodes.Ok : ExitCodes.Error;
        });
        return command;
    }

    private static Command CreateRemove()
    {
        var model = new Argument<string>("model") { Description = "A model's id, or id@version." };
        var json = CommonOptions.Json();
        var command = new Command("remove", "Removes a model from this device, and what only came because it requires it; keeps files that another model uses.") { model, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.CallAsync<RemoveModelRequest, RemoveModelResponse>(
                ModelMethods.Remove, new RemoveModelRequest { Model = parsed.GetRequiredValue(model) }, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else AnsiConsole.WriteLine($"Removed {string.Join(", ", response.Removed)}; {Tables.Bytes(response.FreedBytes)} freed.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(ListModelsResponse response)
    {
        var table = Tables.Create("model", "version", "state", "size", "licence", "what it is");
        foreach (var model in response.Models)
        {
            var state = model.State switch
            {
                ModelState.Installed or ModelState.Resident => $"[green]{model.State.ToString().ToLowerInvariant()}[/]",
                ModelState.Incomplete or ModelState.Outdated => $"[red]{model.State.ToString().ToLowerInvariant()}[/]",
                _ => model.State.ToString().ToLowerInvariant(),
            };
            table.AddRow(
                Markup.Escape(model.Id),
                Markup.Escape(model.Version),
                model.PinnedBy.Count == 0 ? state : $"{state}, pinned by {Markup.Escape(string.Join(", ", model.PinnedBy))}",
                Tables.Bytes(model.SizeBytes),
                Markup.Escape(model.License ?? string.Empty),
                Markup.Escape(model.Summary ?? string.Empty));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{Tables.Bytes(response.StoreBytes)} on this device.");
    }

    private static void PrintVerified(VerifyModelResponse response)
    {
        foreach (var file in response.Files)
        {
            AnsiConsole.MarkupLine(file.Ok
                ? $"[green]ok[/]       {Markup.Escape(file.Model)}  {Markup.Escape(file.File)}"
                : $"[red]altered[/]  {Markup.Escape(file.Model)}  {Markup.Escape(file.File)}: expected {file.ExpectedSha256}, found {file.ActualSha256 ?? "no file"}. Remove the model and pull it again.");
        }

        if (response.Files.Count == 0) AnsiConsole.WriteLine("No models are installed.");
    }
}
