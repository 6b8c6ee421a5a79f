using System.CommandLine;
using System.Text.Json;
using EdgeHost.Capabilities.Models;
using EdgeHost.Deployment.Versions;
using EdgeHost.Host.Hosting;
using EdgeHost.Security.Access;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost models add</c>: takes a file that a tool made, for example a quantised one, in as a version. Works on the home folder, beside a running host or without one.</summary>
internal static class ModelAddCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "The model's id, or APP/NAME for one of an app's own." };
        var file = new Argument<string>("file") { Description = "The graph (.onnx), or a folder with model.onnx and files beside it." };
        var shadow = new Option<bool>("--shadow") { Description = "Try it in shadow at once; without it, it is only stored." };
        var lineage = new Option<string?>("--lineage") { Description = "A file with a JSON object that says where it comes from.", HelpName = "FILE" };
        var (app, user, json) = (ModelVersionCommands.App(), TrainingCommand.User(), CommonOptions.Json());
        var command = ExampleHelp.With(
            new Command("add", "Takes a graph in as a version of a model, after comparing its inputs and outputs with the model's.") { model, file, shadow, lineage, app, user, json },
            "edgehost models add ocr-cls ocr-cls.int8.onnx --shadow");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var id = parsed.GetRequiredValue(model);
            var owner = parsed.GetValue(app) ?? (id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? id[..slash] : null);
            var scope = owner is null ? VersionScope.Device : new VersionScope(owner, parsed.GetValue(user) ?? ProcessUser.Id);
            ModelVersion added;
            var services = LocalServices.Create(CommonOptions.SettingsOf(parsed));
            await using (services.ConfigureAwait(false))
            using (var source = Incoming.Of(parsed.GetRequiredValue(file)))
            {
                added = await services.GetRequiredService<IVersionStore>().AddAsync(
                    new NewVersion
                    {
                        Model = id,
                        Scope = scope,
                        Folder = source.Folder,
                        Lineage = parsed.GetValue(lineage) is { } path ? Read(path) : LineageOf(parsed.GetRequiredValue(file)),
                        Start = VersionState.Stored,
                    },
                    cancellationToken).ConfigureAwait(false);
            }

            // The running host learns of it with the first thing that is asked of it about versions.
            await using var caller = await HostCallers.ConnectOrLocalAsync(parsed, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(shadow))
            {
                var promoted = await caller.CallAsync<PromoteModelRequest, PromoteModelResponse>(
                    ModelMethods.Promote,
                    new PromoteModelRequest { Model = id, Version = added.Version, To = VersionStage.Shadow, App = scope.App, User = scope.IsDevice ? null : scope.UserId },
                    cancellationToken).ConfigureAwait(false);
                Write(promoted.Version, parsed.GetValue(json));
                return ExitCodes.Ok;
            }

            var all = await caller.CallAsync<ListVersionsRequest, ListVersionsResponse>(
                ModelMethods.Versions, new ListVersionsRequest { Model = id, App = scope.App, User = scope.IsDevice ? null : scope.UserId }, cancellationToken).ConfigureAwait(false);
            Write(all.Versions.First(version => version.Version == added.Version), parsed.GetValue(json));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Write(ModelVersionEntry version, bool json)
    {
        if (json) MessageOutput.Write(version);
        else Console.WriteLine(ModelVersionCommands.Describe(version));
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {e.Message}");
        }
    }

    private static string LineageOf(string file)
        => $$"""{"source":"file","file":"{{JsonEncodedText.Encode(Path.GetFileName(file.TrimEnd('/')))}}"}""";

    /// <summary>The folder that is taken in: the one that was named, or one that has just the named file, for as long as this lives.</summary>
    private sealed class Incoming(string folder, bool isTemporary) : IDisposable
    {
        public string Folder => folder;

        public static Incoming Of(string path)
        {
            if (Directory.Exists(path)) return new Incoming(path, isTemporary: false);
            if (!File.Exists(path)) throw new UsageException($"There is no file or folder '{path}'.");
            var incoming = new Incoming(Directory.CreateTempSubdirectory("edgehost-").FullName, isTemporary: true);
            try
            {
                File.Copy(path, Path.Combine(incoming.Folder, "model.onnx"));
                return incoming;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                incoming.Dispose();
                throw new UsageException($"{path} cannot be copied: {e.Message}");
            }
        }

        public void Dispose()
        {
            if (isTemporary) Directory.Delete(folder, recursive: true);
        }
    }
}
