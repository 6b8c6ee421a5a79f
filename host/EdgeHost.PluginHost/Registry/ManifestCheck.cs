using EdgeHost.PluginHost.Manifests;

namespace EdgeHost.PluginHost.Registry;

/// <summary>Whether this host can use a plugin whose manifest is in order. Decided before anything of it is loaded.</summary>
internal static class ManifestCheck
{
    /// <summary>Null if it can be used, else the state it gets and why.</summary>
    public static (PluginState State, string Reason)? Refuse(PluginManifest manifest, string folder, PluginHostOptions options)
    {
        if (options.Disabled.Contains(manifest.Id)) return (PluginState.Disabled, "It is switched off in the host's configuration.");
        if (!ContractVersion.Current.CanLoad(manifest.Contract))
        {
            return (PluginState.NotSupported, ContractProblem(manifest.Contract));
        }

        if (manifest.Isolation != PluginManifest.InProcess)
        {
            return (PluginState.NotSupported, $"It asks for isolation '{manifest.Isolation}'; this host runs plugins '{PluginManifest.InProcess}' only.");
        }

        var denied = manifest.Permissions.Where(permission => !options.AllowedPermissions.Contains(permission)).Order(StringComparer.Ordinal).ToList();
        if (denied.Count > 0)
        {
            return (PluginState.NotSupported, $"It asks for permissions that the host's configuration does not allow: {string.Join(", ", denied)}.");
        }

        return File.Exists(Path.Combine(folder, manifest.Entry))
            ? null
            : (PluginState.Broken, $"{PluginManifest.FileName}: $.entry: the file '{manifest.Entry}' is not in the folder");
    }

    private static string ContractProblem(ContractVersion asked)
    {
        var host = ContractVersion.Current;
        var isNewer = asked.Major > host.Major || (asked.Major == host.Major && asked.Minor > host.Minor);
        return $"It asks for contract {asked}; this host has {host}. " + (isNewer ? "Update the host, or install an older version of the plugin." : "Install a version of the plugin that was built for it.");
    }
}
