using System.CommandLine;
using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using EdgeHost.Host.Methods;
using EdgeHost.Host.Training;
using EdgeHost.Learning.Examples;
using EdgeHost.Security.Access;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary>
/// <c>edgehost training</c>: the examples of apps. What the device's owner does works on the files, with or without a running host; recording goes through the
/// host, as an app.
/// </summary>
internal static class TrainingCommand
{
    public static Command Create() => new("training", "Looks after the examples that models learn from: records, lists, deletes, consents, drift.")
    {
        Record(), Datasets(), Delete(), TrainingConsentCommand.Create(), TrainingDriftCommand.Create(),
    };

    /// <summary>The option that names another user.</summary>
    internal static Option<long?> User() => new("--user") { Description = "The id of the app's user, if it is another one.", HelpName = "UID" };

    /// <summary>An app of the user that the option names, or of this one.</summary>
    internal static ExampleOwner OwnerOf(string app, long? user) => new(app, user ?? ProcessUser.Id);

    private static Command Record()
    {
        var dataset = new Argument<string>("DATASET") { Description = "The dataset; made by the first recording." };
        var purpose = new Option<string>("--purpose") { Description = "What the examples may be used for; the owner must have consented.", Required = true };
        var app = new Option<string>("--app") { Description = "The app that records.", DefaultValueFactory = static _ => HostCallers.AppName, HelpName = "NAME" };
        var label = new Option<string?>("--label") { Description = "What the examples are." };
        var group = new Option<string?>("--group") { Description = "What they belong to; a group is never split between training and evaluation." };
        var texts = new Option<string[]>("--text") { Description = "A text; may be given several times." };
        var images = new Option<string[]>("--image") { Description = "A file of a picture; may be given several times.", HelpName = "FILE" };
        var sounds = new Option<string[]>("--audio") { Description = "A file of a sound; may be given several times.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("record", "Records examples of one kind in a running host.") { dataset, purpose, app, label, group, texts, images, sounds, json },
            "edgehost training record mails --purpose spam-filter --text 'Buy now!' --label spam",
            "edgehost training record plants --purpose plant-finder --image rose.jpg --label rose");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (kind, contents) = (parsed.GetValue(texts) ?? [], parsed.GetValue(images) ?? [], parsed.GetValue(sounds) ?? []) switch
            {
                ({ Length: > 0 } given, [], []) => (Capabilities.Training.ExampleKind.Text, given),
                ([], { Length: > 0 } given, []) => (Capabilities.Training.ExampleKind.Image, given),
                ([], [], { Length: > 0 } given) => (Capabilities.Training.ExampleKind.Audio, given),
                _ => throw new UsageException("Give examples of one kind: --text, --image or --audio. Other kinds are recorded with 'edgehost call training.record'."),
            };
            var request = new RecordExamplesRequest
            {
                Dataset = parsed.GetRequiredValue(dataset),
                Purpose = parsed.GetRequiredValue(purpose),
                Kind = kind,
                Examples = [.. contents.Select(content => ExampleOf(kind, content, parsed.GetValue(label), parsed.GetValue(group)))],
            };
            await using var client = await EdgeHostClient.ConnectAsync(
                new EdgeHostClientOptions { Endpoint = CommonOptions.EndpointOf(parsed), AppName = parsed.GetRequiredValue(app) }, cancellationToken).ConfigureAwait(false);
            var response = await client.Training.RecordAsync(request, options: null, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Console.WriteLine($"{response.Accepted} new, {response.Relabelled} with a new label, {response.Duplicates} known already; {response.Examples} examples, {Tables.Bytes(response.Bytes)} in all.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Datasets()
    {
        var app = new Argument<string>("APP") { Description = "The app.", DefaultValueFactory = static _ => HostCallers.AppName };
        var (user, json) = (User(), CommonOptions.Json());
        var command = ExampleHelp.With(new Command("datasets", "Lists an app's datasets.") { app, user, json }, "edgehost training datasets mail");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var store = LocalLearning.Open(CommonOptions.SettingsOf(parsed));
            var owner = OwnerOf(parsed.GetRequiredValue(app), parsed.GetValue(user));
            var response = WireExamples.ListOf(
                await store.Examples.ListAsync(owner, name: null, cancellationToken).ConfigureAwait(false),
                await store.Examples.UsageAsync(owner, cancellationToken).ConfigureAwait(false),
                store.Options);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Print(response);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Delete()
    {
        var app = new Argument<string>("APP") { Description = "The app." };
        var dataset = new Option<string?>("--dataset") { Description = "Only this dataset." };
        var purpose = new Option<string?>("--purpose") { Description = "Only what is for this purpose." };
        var everything = new Option<bool>("--everything") { Description = "All that is kept of the app." };
        var (user, json) = (User(), CommonOptions.Json());
        var command = ExampleHelp.With(
            new Command("delete", "Deletes examples of an app for good.") { app, dataset, purpose, everything, user, json },
            "edgehost training delete mail --dataset mails",
            "edgehost training delete mail --everything");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, use, all) = (parsed.GetValue(dataset), parsed.GetValue(purpose), parsed.GetValue(everything));
            if ((name is null ? 0 : 1) + (use is null ? 0 : 1) + (all ? 1 : 0) != 1) throw new UsageException("Say what to delete with exactly one of --dataset, --purpose and --everything.");
            await using var store = LocalLearning.Open(CommonOptions.SettingsOf(parsed));
            var result = await store.Examples.DeleteAsync(OwnerOf(parsed.GetRequiredValue(app), parsed.GetValue(user)), name, use, cancellationToken).ConfigureAwait(false);
            var models = all ? await store.ForgetModelsAsync(OwnerOf(parsed.GetRequiredValue(app), parsed.GetValue(user)), cancellationToken).ConfigureAwait(false) : (int?)null;
            if (all) store.ForgetPluginData(OwnerOf(parsed.GetRequiredValue(app), parsed.GetValue(user)));
            if (parsed.GetValue(json)) MessageOutput.Write(new DeleteExamplesResponse { Examples = result.Examples, Datasets = result.Datasets, Calls = result.Calls, Models = models });
            else Console.WriteLine($"{result.Examples} examples deleted; datasets gone: {(result.Datasets.Count == 0 ? "none" : string.Join(", ", result.Datasets))}{(models is null ? string.Empty : $"; trained models gone: {models}")}.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Example ExampleOf(Capabilities.Training.ExampleKind kind, string content, string? label, string? group)
    {
        if (kind == Capabilities.Training.ExampleKind.Text) return new Example { Text = content, Label = label, Group = group };
        try
        {
            return new Example { Data = File.ReadAllBytes(content), Label = label, Group = group };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{content} cannot be read: {e.Message}");
        }
    }

    private static void Print(ListDatasetsResponse response)
    {
        if (response.Datasets.Count > 0)
        {
            var table = Tables.Create("dataset", "purpose", "kind", "train", "validation", "test", "unlabelled", "bytes", "labels");
            foreach (var dataset in response.Datasets)
            {
                table.AddRow(
                    Markup.Escape(dataset.Dataset),
                    Markup.Escape(dataset.Purpose),
                    dataset.Kind.ToString().ToLowerInvariant(),
                    $"{dataset.Train}",
                    $"{dataset.Validation}",
                    $"{dataset.Test}",
                    $"{dataset.Unlabelled}",
                    Tables.Bytes(dataset.Bytes),
                    Markup.Escape(string.Join(", ", dataset.Labels.Take(5).Select(static label => $"{label.Label} {label.Examples}"))));
            }

            AnsiConsole.Write(table);
        }

        AnsiConsole.WriteLine($"{response.Examples} of {response.MaxExamples} examples, {Tables.Bytes(response.Bytes)} of {Tables.Bytes(response.MaxBytes)}.");
    }
}
