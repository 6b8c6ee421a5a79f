using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeHost.Capabilities.Host;
using EdgeHost.Host.Apps;
using EdgeHost.Host.Configuration;
using EdgeHost.Security;
using EdgeHost.Security.Policy;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost apps</c>: who may call what. Changes go into <c>apps.json</c>; a running host follows within a second or two.</summary>
internal static class AppsCommand
{
    public static Command Create() => new("apps", "Says which apps may call what, and what they have used.")
    {
        List(), Add(), Remove(), Grant(), Revoke(), Usage(),
    };

    private static Argument<string> Name() => new("NAME") { Description = "The app's name: 1 to 128 characters of a-z 0-9 . _ -" };

    private static Argument<string[]> Patterns() => new("PATTERN")
    {
        Description = "Methods: a name, 'group.*' or '*'; '!' in front denies.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static Command List()
    {
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(new Command("list", "Lists the rules of apps, from both files.") { json }, "edgehost apps list");
        command.SetAction(parsed =>
        {
            var options = AppsFile.Read(ConfigurationOf(parsed), CommonOptions.HomeOf(parsed));
            var rules = new AppPolicy(options).Rules.OrderBy(static rule => rule.Key, StringComparer.Ordinal).ToList();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(new JsonArray([.. rules.Select(rule => (JsonNode)new JsonObject { ["app"] = rule.Key, ["rule"] = rule.Value.Describe() })]).ToJsonString());
                return ExitCodes.Ok;
            }

            var table = Tables.Create("app", "rule");
            foreach (var (app, rule) in rules) table.AddRow(Markup.Escape(app), Markup.Escape(rule.Describe()));
            AnsiConsole.Write(table);
            AnsiConsole.WriteLine(options.AllowUnknown
                ? "Other apps of this user may call everything that needs no explicit grant; other users nothing."
                : "Other apps may call nothing.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Add()
    {
        var name = Name();
        var token = new Option<bool>("--token") { Description = "Make a token that the app must give from now on; it is printed once." };
        var users = new Option<long[]>("--user") { Description = "The id of a user whose processes may be this app; may be given several times.", HelpName = "UID" };
        var command = ExampleHelp.With(
            new Command("add", "Adds an app, so that it has a rule of its own.") { name, token, users },
            "edgehost apps add photo-indexer",
            "edgehost apps add health-diary --token");
        command.SetAction(parsed =>
        {
            var secret = parsed.GetValue(token) ? AppToken.Create() : null;
            Change(parsed, rules =>
            {
                var app = parsed.GetValue(name)!;
                if (rules[app] is not JsonObject rule) rules[app] = rule = [];
                if (secret is not null) rule[nameof(AppRuleOptions.TokenHash)] = AppToken.Hash(secret);
                if (parsed.GetValue(users) is { Length: > 0 } ids) rule[nameof(AppRuleOptions.Users)] = new JsonArray([.. ids.Select(id => (JsonNode)id)]);
            });
            if (secret is not null) Console.WriteLine(secret);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Remove()
    {
        var name = Name();
        var command = ExampleHelp.With(new Command("remove", "Removes an app's rule from apps.json.") { name }, "edgehost apps remove photo-indexer");
        command.SetAction(parsed =>
        {
            var app = parsed.GetValue(name)!;
            Change(parsed, rules =>
            {
                if (!rules.Remove(app)) throw new UsageException($"apps.json has no rule for '{app}'; 'edgehost apps list' shows the rules, those of the configuration file too.");
            });
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Grant()
    {
        var (name, patterns) = (Name(), Patterns());
        var command = ExampleHelp.With(
            new Command("grant", "Allows an app to call methods; the first grant replaces 'everything that needs no explicit grant'.") { name, patterns },
            "edgehost apps grant health-diary 'health.*'",
            "edgehost apps grant photo-indexer 'vision.*' '!vision.detect_faces'");
        command.SetAction(parsed =>
        {
            Change(parsed, rules =>
            {
                var grants = GrantsOf(rules, parsed.GetValue(name)!);
                foreach (var pattern in parsed.GetValue(patterns)!.Where(pattern => !Contains(grants, pattern))) grants.Add((JsonNode)pattern);
            });
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Revoke()
    {
        var (name, patterns) = (Name(), Patterns());
        var command = ExampleHelp.With(
            new Command("revoke", "Takes grants back. One that is not there is denied instead, so that a wider grant does not cover it.") { name, patterns },
            "edgehost apps revoke health-diary 'health.*'");
        command.SetAction(parsed =>
        {
            Change(parsed, rules =>
            {
                var grants = GrantsOf(rules, parsed.GetValue(name)!);
                foreach (var pattern in parsed.GetValue(patterns)!)
                {
                    var there = grants.FirstOrDefault(grant => grant?.GetValue<string>() == pattern);
                    if (there is not null) grants.Remove(there);
                    if (there is null || grants.Count == 0) grants.Add((JsonNode)$"!{pattern}");
                }
            });
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Usage()
    {
        var json = CommonOptions.Json();
        var name = new Argument<string?>("NAME") { Description = "Only this app.", Arity = ArgumentArity.ZeroOrOne };
        var command = ExampleHelp.With(new Command("usage", "Shows what apps have called and used, also before the host was started again.") { name, json }, "edgehost apps usage");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.CallAsync<AppUsageRequest, AppUsageResponse>(
                HostMethods.AppUsage, new AppUsageRequest { App = parsed.GetValue(name) }, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                MessageOutput.Write(response);
                return ExitCodes.Ok;
            }

            var table = Tables.Create("app", "user", "calls", "failed", "denied", "in flight", "device time");
            foreach (var app in response.Apps)
            {
                table.AddRow(
                    Markup.Escape(app.App), app.User.ToString(), app.Calls.ToString(), app.Failed.ToString(), app.Denied.ToString(), app.CallsInFlight.ToString(), $"{app.DeviceTimeUs / 1e6:0.0} s");
            }

            AnsiConsole.Write(table);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Change(ParseResult parsed, Action<JsonObject> change)
        => AppsFile.Change(ConfigurationOf(parsed), CommonOptions.HomeOf(parsed), change);

    private static HostConfiguration? ConfigurationOf(ParseResult parsed) => CommonOptions.SettingsOf(parsed).Configuration;

    private static JsonArray GrantsOf(JsonObject rules, string app)
    {
        if (rules[app] is not JsonObject rule) rules[app] = rule = [];
        if (rule[nameof(AppRuleOptions.Grants)] is not JsonArray grants) rule[nameof(AppRuleOptions.Grants)] = grants = [];
        return grants;
    }

    private static bool Contains(JsonArray grants, string pattern) => grants.Any(grant => grant?.GetValue<string>() == pattern);
}
