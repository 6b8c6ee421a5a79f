using System.CommandLine;
using EdgeHost.Capabilities.Training;
using EdgeHost.Host.Training;
using EdgeHost.Security.Policy;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost training consent</c>: the word of the device's owner. It goes into the store's files, which an app on the socket cannot reach.</summary>
internal static class TrainingConsentCommand
{
    private const string Grant = "grant";
    private const string Revoke = "revoke";
    private const string List = "list";

    public static Command Create()
    {
        var app = new Argument<string?>("APP") { Description = "The app; all are listed if left out.", Arity = ArgumentArity.ZeroOrOne };
        var purpose = new Argument<string?>("PURPOSE") { Description = "What for.", Arity = ArgumentArity.ZeroOrOne };
        var action = new Argument<string>("ACTION") { Description = "grant, revoke or list.", DefaultValueFactory = static _ => List };
        action.AcceptOnlyFromAmong(Grant, Revoke, List);
        var delete = new Option<bool>("--delete") { Description = "With revoke: delete the examples for the purpose too." };
        var (user, json) = (TrainingCommand.User(), CommonOptions.Json());
        var command = ExampleHelp.With(
            new Command("consent", "Allows an app to record examples for a purpose, takes that back, or lists what is allowed.") { app, purpose, action, delete, user, json },
            "edgehost training consent mail spam-filter grant",
            "edgehost training consent mail spam-filter revoke --delete",
            "edgehost training consent mail");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, use, what) = (parsed.GetValue(app), parsed.GetValue(purpose), parsed.GetRequiredValue(action));
            if (what == List && use == List) use = null;
            if (what == List && use is (Grant or Revoke)) throw new UsageException($"Name the purpose: edgehost training consent {name} PURPOSE {use}");
            await using var store = LocalLearning.Open(CommonOptions.SettingsOf(parsed));
            if (what == List) return await ListAsync(store, name, use, parsed.GetValue(user), parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
            if (!AppNames.IsName(name)) throw new UsageException($"'{name}' is no app's name: 1 to 128 characters of a-z 0-9 . _ -");
            if (parsed.GetValue(delete) && what != Revoke) throw new UsageException("--delete goes with revoke.");
            var owner = TrainingCommand.OwnerOf(name!, parsed.GetValue(user));
            var consent = await store.Consents.SetAsync(owner, use!, what == Grant, cancellationToken).ConfigureAwait(false);
            var deleted = parsed.GetValue(delete) ? (await store.Examples.DeleteAsync(owner, purpose: use, cancellationToken: cancellationToken).ConfigureAwait(false)).Examples : 0;
            if (parsed.GetValue(json))
            {
                MessageOutput.Write(new ConsentResponse
                {
                    Consents = [new ConsentEntry(consent.Purpose, consent.IsGranted, consent.Since.ToUnixTimeMilliseconds())],
                    DeletedExamples = deleted,
                });
                return ExitCodes.Ok;
            }

            Console.WriteLine(consent.IsGranted ? $"{name} may record examples for {use}." : $"{name} may not record examples for {use}; those it has are not used any more.");
            if (deleted > 0) Console.WriteLine($"{deleted} examples deleted.");
            else if (what == Revoke && !parsed.GetValue(delete)) Console.WriteLine($"To delete them: edgehost training delete {name} --purpose {use}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<int> ListAsync(LocalLearning store, string? app, string? purpose, long? user, bool json, CancellationToken cancellationToken)
    {
        var consents = (await store.Consents.ListAsync(app is null ? null : TrainingCommand.OwnerOf(app, user), cancellationToken).ConfigureAwait(false))
            .Where(consent => purpose is null || consent.Purpose == purpose).ToList();
        if (json)
        {
            JsonOutput.Write(writer =>
            {
                writer.WriteStartArray();
                foreach (var consent in consents)
                {
                    writer.WriteStartObject();
                    writer.WriteString("app", consent.App);
                    writer.WriteNumber("user", consent.UserId);
                    writer.WriteString("purpose", consent.Purpose);
                    writer.WriteBoolean("granted", consent.IsGranted);
                    writer.WriteNumber("since_ms", consent.Since.ToUnixTimeMilliseconds());
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return ExitCodes.Ok;
        }

        if (consents.Count == 0)
        {
            Console.WriteLine("Nobody may record examples; apps say which purpose they need when they are refused.");
            return ExitCodes.Ok;
        }

        var table = Tables.Create("app", "user", "purpose", "consent", "since");
        foreach (var consent in consents)
        {
            table.AddRow(
                Markup.Escape(consent.App), $"{consent.UserId}", Markup.Escape(consent.Purpose), consent.IsGranted ? "[green]granted[/]" : "revoked", $"{consent.Since:yyyy-MM-dd HH:mm}");
        }

        AnsiConsole.Write(table);
        return ExitCodes.Ok;
    }
}
