using System.CommandLine;
using System.Text.Json;
using EdgeHost.Protocol;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost capabilities</c>: what the running host offers.</summary>
internal static class CapabilitiesCommand
{
    public static Command Create()
    {
        var method = new Argument<string?>("method") { Arity = ArgumentArity.ZeroOrOne, Description = "One method, with its schemas and example." };
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("capabilities", "Lists what the running host offers; with a method, its schemas and an example.")
            {
                method, json,
            },
            "edgehost capabilities",
            "edgehost capabilities vision.detect_faces",
            "edgehost capabilities --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var all = await caller.Client.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
            var wanted = parsed.GetValue(method);
            var shown = wanted is null ? all : [.. all.Where(capability => capability.Method == wanted)];
            if (shown.Count == 0 && wanted is not null)
            {
                throw new EdgeHostException(ErrorCode.NotFound, $"The host has no method '{wanted}'. 'edgehost capabilities' lists them.");
            }

            if (parsed.GetValue(json)) PrintJson(shown);
            else if (wanted is null) PrintTable(shown);
            else PrintOne(shown[0]);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void PrintTable(IReadOnlyList<CapabilityEntry> capabilities)
    {
        var table = Tables.Create("method", "kind", "plugin", "what it does");
        foreach (var capability in capabilities)
        {
            table.AddRow(
                Markup.Escape(capability.Method),
                KindName(capability.Kind),
                Markup.Escape($"{capability.Plugin} {capability.PluginVersion}"),
                capability.Unavailable is null ? Markup.Escape(capability.Summary) : $"[red]{Markup.Escape(capability.Unavailable)}[/]");
        }

        AnsiConsole.Write(table);
    }

    private static void PrintOne(CapabilityEntry capability)
    {
        Console.WriteLine($"{capability.Method} ({KindName(capability.Kind)}, version {capability.Version}) of {capability.Plugin} {capability.PluginVersion}");
        Console.WriteLine(capability.Unavailable ?? capability.Summary);
        if (capability.Models.Count > 0) Console.WriteLine($"models: {string.Join(", ", capability.Models)}");
        if (capability.Tasks.Count > 0) Console.WriteLine($"models of the tasks: {string.Join(", ", capability.Tasks)}");
        PrintSchema("request", capability.RequestSchema);
        if (capability.PushSchema is not null) PrintSchema("pushed item", capability.PushSchema);
        if (capability.ItemSchema is not null) PrintSchema("item", capability.ItemSchema);
        PrintSchema("response", capability.ResponseSchema);
        PrintSchema("example request", capability.Example);
    }

    private static void PrintSchema(string title, string schema)
    {
        Console.WriteLine();
        Console.WriteLine($"{title}:");
        using var document = JsonDocument.Parse(schema);
        JsonOutput.Write(document.RootElement.WriteTo);
    }

    private static void PrintJson(IReadOnlyList<CapabilityEntry> capabilities) => JsonOutput.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var capability in capabilities)
        {
            writer.WriteStartObject();
            writer.WriteString("method", capability.Method);
            writer.WriteString("kind", KindName(capability.Kind).Replace(' ', '_'));
            writer.WriteNumber("version", capability.Version);
            writer.WriteString("plugin", capability.Plugin);
            writer.WriteString("plugin_version", capability.PluginVersion);
            writer.WriteString("summary", capability.Summary);
            writer.WriteStartArray("models");
            foreach (var model in capability.Models) writer.WriteStringValue(model);
            writer.WriteEndArray();
            writer.WriteStartArray("tasks");
            foreach (var task in capability.Tasks) writer.WriteStringValue(task);
            writer.WriteEndArray();
            WriteSchema(writer, "request_schema", capability.RequestSchema);
            WriteSchema(writer, "response_schema", capability.ResponseSchema);
            if (capability.ItemSchema is not null) WriteSchema(writer, "item_schema", capability.ItemSchema);
            if (capability.PushSchema is not null) WriteSchema(writer, "push_schema", capability.PushSchema);
            WriteSchema(writer, "example", capability.Example);
            if (capability.Unavailable is not null) writer.WriteString("unavailable", capability.Unavailable);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void WriteSchema(Utf8JsonWriter writer, string name, string schema)
    {
        writer.WritePropertyName(name);
        using var document = JsonDocument.Parse(schema);
        document.RootElement.WriteTo(writer);
    }

    private static string KindName(CapabilityKind kind) => kind switch
    {
        CapabilityKind.Unary => "unary",
        CapabilityKind.ServerStream => "server stream",
        CapabilityKind.ClientStream => "client stream",
        _ => "duplex",
    };
}
