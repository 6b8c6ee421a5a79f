using EdgeHost.PluginHost.Manifests;

namespace EdgeHost.PluginHost.Registry;

/// <summary>Whether this host can use a plugin whose manifest is in order. Decided before anything of it is loaded.</summary>
internal static class ManifestCheck
{
    /// <summary>Null if it can be used, else the state it gets and why.</summary>
    public static (PluginState State, string Reason)? Refuse(PluginManifest manifest, string folder, PluginHostOptions options, IPersonalisationCheck? check = null)
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

        if (!File.Exists(Path.Combine(folder, manifest.Entry))) return (PluginState.Broken, $"{PluginManifest.FileName}: $.entry: the file '{manifest.Entry}' is not in the folder");
        for (var i = 0; i < manifest.Personalisations.Count; i++)
        {
            if (ProblemOf(manifest.Personalisations[i], folder, check) is { } problem) return (PluginState.Broken, $"{PluginManifest.FileName}: $.personalisation[{i}].spec: {problem}");
        }

        return null;
    }

    private static string? ProblemOf(PluginPersonalisation personalisation, string folder, IPersonalisationCheck? check)
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, personalisation.Spec));
            if (!file.Exists) return $"the file '{personalisation.Spec}' is not in the folder";
            if (file.Length > ManifestLimits.SpecBytes) return $"the file '{personalisation.Spec}' is larger than {ManifestLimits.SpecBytes} bytes";
            return check?.FindProblem(personalisation, File.ReadAllText(file.FullName));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return $"the file '{personalisation.Spec}' cannot be read ({ex.GetType().Name})";
        }
    }

    private static string ContractProblem(ContractVersion asked)
    {
        var host = ContractVersion.Current;
        var isNewer = asked.Major > host.Major || (asked.Major == host.Major && asked.Minor > host.Minor);
        return $"It asks for contract {asked}; this host has {host}. " + (isNewer ? "Update the host, or install an older version of the plugin." : "Install a version of the plugin that was built for it.");
    }
}
