namespace EdgeHost.PluginSdk;

/// <summary>What the host tells a plugin about itself. Immutable.</summary>
public sealed class PluginEnvironment
{
    /// <summary>The plugin's id from its manifest.</summary>
    public required string PluginId { get; init; }

    /// <summary>The plugin's version from its manifest.</summary>
    public required string PluginVersion { get; init; }

    /// <summary>The folder that this load of the plugin's files runs from; read-only, and gone after an unload.</summary>
    public required string PluginFolder { get; init; }

    /// <summary>The contract version of the running host.</summary>
    public ContractVersion HostContract { get; init; } = ContractVersion.Current;

    /// <summary>The manifest's <c>settings</c> object overlaid with the integrator's configuration, as flat <c>a:b</c> keys. Never null.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
