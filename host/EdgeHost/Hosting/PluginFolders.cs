namespace EdgeHost.Host.Hosting;

/// <summary>Where a host looks for plugins: its own, those in the home folder, and those that the integrator names.</summary>
internal static class PluginFolders
{
    /// <summary>The first-party plugins, which do not change while the host runs.</summary>
    public static string BuiltIn => InstallLayout.PluginsFolder;

    public static IEnumerable<string> Changeable(HostSettings settings)
        => settings.PluginFolders.Select(Path.GetFullPath).Prepend(Path.Combine(settings.Home, "plugins"));

    /// <summary>The folders with model manifests of the plugins that are there now.</summary>
    public static IEnumerable<string> ModelFolders(HostSettings settings)
        => Changeable(settings).Prepend(BuiltIn)
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(plugin => Path.Combine(plugin, "models"))
            .Where(Directory.Exists);
}
