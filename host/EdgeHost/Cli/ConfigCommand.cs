using System.CommandLine;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost config</c>: what is configured, whether a file is good, and what can be configured at all. Needs no running host.</summary>
internal static class ConfigCommand
{
    public static Command Create() => ExampleHelp.With(
        new Command("config", "Shows, checks and explains the configuration. A running host takes over changes of limits, grants and policies.")
        {
            CreateShow(), CreateCheck(), CreateExplain(), CreateKeys(), CreateSchema(),
        },
        "edgehost config show --changed",
        "edgehost config check /etc/edgehost.json",
        "edgehost config explain Runtime:Pool:BudgetBytes",
        "edgehost config keys Runtime:Pool");

    private static Command CreateShow()
    {
        var changed = new Option<bool>("--changed") { Description = "Only what is not the default." };
        var json = CommonOptions.Json();
        var command = new Command("show", "Shows the values that a host started with the same options would have, and where each comes from.") { changed, json };
        command.SetAction(parsed =>
        {
            var settings = CommonOptions.SettingsOf(parsed);
            var (lines, problems) = EffectiveOptions.Read(settings);
            if (problems.Count > 0) throw new UsageException(string.Join(Environment.NewLine, problems));
            if (parsed.GetValue(changed)) lines = [.. lines.Where(line => line.Origin != OptionLine.FromDefault)];
            if (parsed.GetValue(json)) PrintJson(lines);
            else Print(settings.Configuration?.Path, lines);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateCheck()
    {
        var file = new Argument<string?>("file") { Arity = ArgumentArity.ZeroOrOne, Description = "The file; the one that serve would read if left out." };
        var command = new Command("check", "Checks a configuration as a whole: every unknown key and bad value with its place and what is allowed. Exit code 2 if there is one.") { file };
        command.SetAction(parsed =>
        {
            var sources = CommonOptions.SourcesOf(parsed, parsed.GetValue(file));
            var configuration = HostConfiguration.Find(sources);
            var (_, problems) = EffectiveOptions.Read(new HostSettings { Home = sources.Home, Configuration = configuration });
            if (problems.Count > 0)
            {
                throw new UsageException($"{configuration?.Path ?? "This"} is not a good configuration:{Environment.NewLine}  {string.Join($"{Environment.NewLine}  ", problems)}");
            }

            AnsiConsole.WriteLine(configuration switch
            {
                null => $"There is no {HostConfiguration.DefaultFileName} in {sources.Home}; every value is the default.",
                { Path: null } => $"The environment and the command line are good: {configuration.Values.Count} values.",
                _ => $"{configuration.Path} is good: {configuration.Values.Count} values.",
            });
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateKeys()
    {
        var prefix = new Argument<string?>("prefix") { Arity = ArgumentArity.ZeroOrOne, Description = "Only keys that begin with this, for example Runtime:Pool." };
        var markdown = new Option<bool>("--markdown") { Description = "As the table of docs/operations.md." };
        var command = new Command("keys", "Lists every key with what it takes, its default and what it means.") { prefix, markdown };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(markdown))
            {
                foreach (var row in OptionReference.ToMarkdown()) Console.WriteLine(row);
                return ExitCodes.Ok;
            }

            var wanted = parsed.GetValue(prefix) ?? string.Empty;
            var lines = OptionReference.Lines.Where(line => line.Key.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            if (lines.Count == 0)
            {
                var nearest = NearestNames.FindOne(wanted, OptionReference.Lines.Select(line => line.Key));
                throw new UsageException($"No key begins with '{wanted}'.{(nearest is null ? string.Empty : $" Did you mean {nearest}?")}");
            }

            foreach (var line in lines)
            {
                Console.WriteLine(line.Key);
                Console.WriteLine($"    takes {line.Takes}; default {line.Default}; changes hold {(line.IsLive ? "at once" : "after a restart")}");
                if (line.Meaning.Length > 0) Console.WriteLine($"    {line.Meaning}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateExplain()
    {
        var key = new Argument<string>("key") { Description = "The key, for example Runtime:Pool:BudgetBytes." };
        var command = new Command("explain", "Says what a key means and takes, what it is now, and where that comes from.") { key };
        command.SetAction(parsed =>
        {
            foreach (var line in ConfigExplanation.Of(parsed.GetRequiredValue(key), CommonOptions.SettingsOf(parsed))) Console.WriteLine(line);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateSchema()
    {
        var command = new Command("schema", $"Prints the JSON Schema of the configuration file, for editors: name it, or {ConfigurationJsonSchema.FileName} beside the executable, in the file's \"$schema\".");
        command.SetAction(_ =>
        {
            JsonOutput.Write(ConfigurationJsonSchema.WriteTo);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(string? file, IReadOnlyList<OptionLine> lines)
    {
        Console.WriteLine(file is null ? "No configuration file is read." : $"Read from {file}.");
        var width = lines.Count == 0 ? 0 : lines.Max(line => line.Key.Length);
        foreach (var line in lines)
        {
            var origin = line.Origin == OptionLine.FromDefault ? string.Empty : $"  ({line.Origin})";
            Console.WriteLine($"{line.Key.PadRight(width)}  {line.Value}{origin}");
        }
    }

    private static void PrintJson(IReadOnlyList<OptionLine> lines) => JsonOutput.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var line in lines)
        {
            writer.WriteStartObject();
            writer.WriteString("key", line.Key);
            writer.WriteString("value", line.Value);
            writer.WriteString("origin", line.Origin);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
