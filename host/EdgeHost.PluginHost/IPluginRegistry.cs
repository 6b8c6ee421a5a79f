namespace EdgeHost.PluginHost;

/// <summary>The plugins of this host. Thread-safe.</summary>
public interface IPluginRegistry
{
    /// <summary>All plugins, broken ones included, sorted by id.</summary>
    IReadOnlyList<PluginInfo> List();

    /// <summary>Starts a plugin now rather than at its first call; does nothing if it is active.</summary>
    /// <param name="id">The plugin's id.</param>
    /// <param name="cancellationToken">Stops waiting; the start goes on.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such plugin; <see cref="ErrorCode.Unavailable"/>: it cannot start.</exception>
    ValueTask ActivateAsync(string id, CancellationToken cancellationToken);
}
