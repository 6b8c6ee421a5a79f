using System.CommandLine;
using EdgeHost.Capabilities.Plugins;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost plugins</c>.</summary>
internal static class PluginsCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var list = ExampleHelp.With(
            new Command("list", "Lists the plugins of the running host with their states and the reasons for them.")
            {
                json,
            },
            "edgehost plugins list --json");
        list.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var response = await caller.CallAsync<ListPluginsRequest, ListPluginsResponse>(
                PluginMethods.List, new ListPluginsRequest(), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(response);
            else Print(response);
            return ExitCodes.Ok;
        });
        return new Command("plugins", "Looks at the plugins of the running host.") { list };
    }

    private static void Print(ListPluginsResponse response)
    {
        if (response.Plugins.Count == 0)
        {
            AnsiConsole.WriteLine("No plugins.");
            return;
        }

        var table = Tables.Create("plugin", "version", "state", "calls", "capabilities");
        foreach (var plugin in response.Plugins)
        {
            var state = plugin.State switch
            {
                PluginState.Active or PluginState.Ready => $"[green]{Name(plugin.State)}[/]",
                PluginState.Broken or PluginState.NotSupported => $"[red]{Name(plugin.State)}[/]",
                _ => Name(plugin.State),
            };
            table.AddRow(
                Markup.Escape(plugin.Id),
                Markup.Escape(plugin.Version),
                plugin.Reason is null ? state : $"{state}\n{Markup.Escape(plugin.Reason)}",
                plugin.ActiveCalls.ToString(),
                Markup.Escape(string.Join('\n', plugin.Capabilities)));
        }

        AnsiConsole.Write(table);
    }

    private static string Name(PluginState state) => state == PluginState.NotSupported ? "not supported" : state.ToString().ToLowerInvariant();
}
