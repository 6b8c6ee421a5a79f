using EdgeHost.Capabilities.Plugins;
using EdgeHost.PluginHost;

namespace EdgeHost.Host.Methods;

/// <summary><c>plugins.*</c>.</summary>
internal sealed class PluginMethodSet(IPluginRegistry registry)
{
    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.Unary<ListPluginsRequest, ListPluginsResponse>(
            PluginMethods.List, "Lists the plugins with their states and the reasons for them.", "{}", (_, _) => new(List()));
    }

    private ListPluginsResponse List() => new() { Plugins = [.. registry.List().Select(Describe)] };

    private static PluginEntry Describe(PluginInfo plugin) => new()
    {
        Id = plugin.Id,
        Version = plugin.Version ?? string.Empty,
        State = Enum.Parse<Capabilities.Plugins.PluginState>(plugin.State.ToString()),
        Reason = plugin.Reason.Length == 0 ? null : plugin.Reason,
        Summary = plugin.Summary,
        Capabilities = plugin.Capabilities,
        Models = plugin.Models,
        Tasks = plugin.Tasks,
        ActiveCalls = plugin.InFlightCalls,
    };
}
