using EdgeHost.Capabilities.Plugins;

namespace EdgeHost.Client.Plugins;

/// <summary>The plugins of the host. Thread-safe; obtained from <see cref="EdgeHostClient.Plugins"/>.</summary>
public sealed class PluginsClient
{
    private readonly EdgeHostClient _client;

    internal PluginsClient(EdgeHostClient client) => _client = client;

    /// <summary>Lists the plugins that the host found, with their states and the reasons for them, sorted by id.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public async ValueTask<IReadOnlyList<PluginEntry>> ListAsync(CancellationToken cancellationToken = default)
        => (await _client.CallAsync<ListPluginsRequest, ListPluginsResponse>(PluginMethods.List, new ListPluginsRequest(), options: null, cancellationToken).ConfigureAwait(false)).Plugins;
}
