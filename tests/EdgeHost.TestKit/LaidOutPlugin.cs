using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using EdgeHost.PluginSdk;

namespace EdgeHost.TestKit;

/// <summary>A plugin as the build lays it out, in a load context of its own with the native libraries of its folder, as the host has it.</summary>
public static class LaidOutPlugin
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The folder of a plugin that ships.</summary>
    /// <param name="name">Its name there, for example <c>Vision</c>.</param>
    public static string FolderOf(string name) => Path.Combine(Repository.Artifacts, "plugins", name);

    /// <summary>Loads a plugin, uses it, unloads it, and tells whether nothing of it stays in memory.</summary>
    /// <param name="name">Its name in the folder of plugins.</param>
    /// <param name="assemblyName">Its assembly, without .dll.</param>
    /// <param name="use">Starts, calls and stops it; must keep nothing of it. Also gets its load context, to look at what was loaded.</param>
    /// <returns>Whether its load context was collected within a minute.</returns>
    public static async Task<bool> UnloadsAsync(string name, string assemblyName, Func<EdgeHostPlugin, AssemblyLoadContext, Task> use)
    {
        var context = await UseAsync(Path.Combine(FolderOf(name), $"{assemblyName}.dll"), use);
        using var patience = new CancellationTokenSource(Patience);
        while (context.IsAlive && !patience.IsCancellationRequested)
        {
            // On a stack of its own: the frames of the call that was awaited may still hold the plugin, and threads of the pool what they did last, until they do something else.
            await Task.Run(Collect);
        }

        return !context.IsAlive;
    }

    // Apart, so that no local of the caller keeps the plugin alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(string assemblyPath, Func<EdgeHostPlugin, AssemblyLoadContext, Task> use)
    {
        var context = new PluginLoadContext(assemblyPath);
        var assembly = context.LoadFromAssemblyPath(assemblyPath);
        var type = assembly.GetExportedTypes().Single(static type => type.IsSubclassOf(typeof(EdgeHostPlugin)));
        await use((EdgeHostPlugin)Activator.CreateInstance(type)!, context);
        context.Unload();
        return new WeakReference(context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed class PluginLoadContext(string assemblyPath) : AssemblyLoadContext(isCollectible: true)
    {
        private readonly AssemblyDependencyResolver _resolver = new(assemblyPath);

        protected override Assembly? Load(AssemblyName assemblyName)
            => _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName)
            => _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
