using System.Reflection;
using System.Runtime.Loader;
using EdgeHost.PluginSdk;
using McMaster.NETCore.Plugins;

namespace EdgeHost.PluginHost.Loading;

/// <summary>A plugin's entry assembly in a load context of its own. Disposing starts the unload; the collector finishes it.</summary>
internal sealed class PluginAssembly : IDisposable
{
    private readonly PluginLoader _loader;
    private readonly Type _entryType;

    private PluginAssembly(PluginLoader loader, Type entryType)
    {
        _loader = loader;
        _entryType = entryType;
    }

    /// <summary>Loads the entry assembly and finds its one entry point. Runs no code of the plugin.</summary>
    /// <param name="path">The entry assembly, a full path.</param>
    /// <param name="shared">What the host shares.</param>
    /// <param name="unloading">Told the context of a load that failed, so that its unload is watched too.</param>
    /// <exception cref="PluginFailureException">It cannot be loaded or has no valid entry point.</exception>
    public static PluginAssembly Load(string path, IReadOnlyList<AssemblyName> shared, Action<WeakReference> unloading)
    {
        PluginLoader? loader = null;
        try
        {
            loader = PluginLoader.CreateFromAssemblyFile(path, config =>
            {
                config.IsUnloadable = true;
                config.PreferSharedTypes = false;
                // Otherwise the loader walks and loads everything that the shared assemblies refer to, the whole framework included.
                config.IsLazyLoaded = true;
                config.DefaultContext = AssemblyLoadContext.GetLoadContext(typeof(EdgeHostPlugin).Assembly) ?? AssemblyLoadContext.Default;
                foreach (var name in shared) config.SharedAssemblies.Add(name);
            });
            var assembly = loader.LoadDefaultAssembly();
            CheckReferences(assembly, shared);
            return new PluginAssembly(loader, FindEntryType(assembly));
        }
        catch (Exception ex)
        {
            if (loader is not null)
            {
                unloading(new WeakReference(loader.LoadContext, trackResurrection: true));
                loader.Dispose();
            }

            if (ex is PluginFailureException) throw;
            throw Describe(ex);
        }
    }

    /// <summary>Dies when the context is collected.</summary>
    public WeakReference Context => new(_loader.LoadContext, trackResurrection: true);

    /// <summary>Makes the entry point: the first code of the plugin that runs.</summary>
    public EdgeHostPlugin CreateEntry() => (EdgeHostPlugin)Activator.CreateInstance(_entryType)!;

    public void Dispose() => _loader.Dispose();

    private static void CheckReferences(Assembly assembly, IReadOnlyList<AssemblyName> shared)
    {
        // The loader would quietly give the plugin a private copy of a newer contract, and every cast would fail later.
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            var host = shared.FirstOrDefault(name => name.Name == reference.Name);
            if (host?.Version is null || reference.Version is null || reference.Version <= host.Version) continue;
            var text = $"It was built against {reference.Name} {reference.Version}; this host has {host.Version}. Build it against the host's version or update the host.";
            throw new PluginFailureException(text, text);
        }
    }

    private static Type FindEntryType(Assembly assembly)
    {
        var candidates = new List<Type>();
        foreach (var type in assembly.GetExportedTypes())
        {
            if (type is { IsClass: true, IsAbstract: false } && HasContractBase(type)) candidates.Add(type);
        }

        if (candidates.Count != 1)
        {
            var names = candidates.Count == 0 ? "none" : string.Join(", ", candidates.Select(type => type.FullName).Order(StringComparer.Ordinal));
            throw new PluginFailureException(
                "Its assembly does not have exactly one entry point.",
                $"The assembly must have exactly one public, non-abstract subclass of {typeof(EdgeHostPlugin).FullName}; found: {names}.");
        }

        var entry = candidates[0];
        if (!typeof(EdgeHostPlugin).IsAssignableFrom(entry))
        {
            throw new PluginFailureException(
                "It brings its own copy of the plugin contract.",
                $"{entry.FullName} derives from another copy of {typeof(EdgeHostPlugin).FullName} than the host's. Remove EdgeHost.PluginSdk.dll from the plugin's folder and build against the host's contract.");
        }

        if (entry.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new PluginFailureException("Its entry point cannot be made.", $"{entry.FullName} has no public parameterless constructor.");
        }

        return entry;
    }

    private static bool HasContractBase(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.FullName == typeof(EdgeHostPlugin).FullName) return true;
        }

        return false;
    }

    private static PluginFailureException Describe(Exception ex) => ex switch
    {
        BadImageFormatException => new("Its entry assembly is not a .NET assembly.", "The entry assembly is not a .NET assembly or is cut short."),
        FileNotFoundException missing => new(
            "An assembly that it needs is missing.",
            $"The assembly '{missing.FileName ?? missing.Message}' is missing from the plugin's folder."),
        ReflectionTypeLoadException types => new(
            "Its types cannot be loaded.",
            string.Join(" ", types.LoaderExceptions.Where(inner => inner is not null).Select(inner => inner!.Message).Distinct(StringComparer.Ordinal).Take(4))),
        _ => new("Its entry assembly cannot be loaded.", $"{ex.GetType().Name}: {ex.Message}"),
    };
}
