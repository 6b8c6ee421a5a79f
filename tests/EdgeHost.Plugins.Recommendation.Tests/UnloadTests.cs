using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>The laid-out folder works in a load context of its own, with the native library of the database found in it, and can be unloaded.</summary>
public class UnloadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Folder = Path.Combine(Repository.Artifacts, "plugins", "Recommendation");

    [Fact]
    public async Task LaidOutPlugin_AfterCallsAndStop_Unloads()
    {
        var context = await LoadCallAndUnloadAsync();

        using var patience = new CancellationTokenSource(Patience);
        while (context.IsAlive && !patience.IsCancellationRequested)
        {
            // On a stack of its own, and on threads of the pool that held the plugin last.
            await Task.Run(Collect);
        }

        Assert.False(context.IsAlive, "The plugin's load context is still in memory after its last use.");
    }

    // Apart, so that no local of the test keeps the plugin alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LoadCallAndUnloadAsync()
    {
        var context = new PluginLoadContext();
        var assembly = context.LoadFromAssemblyPath(Path.Combine(Folder, "EdgeHost.Plugins.Recommendation.dll"));
        Assert.NotSame(typeof(RecommendationPlugin).Assembly, assembly);
        var type = assembly.GetExportedTypes().Single(static type => type.IsSubclassOf(typeof(EdgeHostPlugin)));
        var host = await PluginTestHost.StartAsync((EdgeHostPlugin)Activator.CreateInstance(type)!, new PluginTestOptions());

        var shop = Shop.Of(host);
        await shop.PutAsync(Shop.Articles);
        await shop.RecordReadersAsync();
        await shop.BuildAsync();
        Assert.NotEmpty(await shop.ListAsync("reader1"));
        Assert.Contains(context.Assemblies, static loaded => loaded.GetName().Name == "SQLitePCLRaw.core");

        await host.StopAsync();
        context.Unload();
        return new WeakReference(context);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed class PluginLoadContext() : AssemblyLoadContext(isCollectible: true)
    {
        private readonly AssemblyDependencyResolver _resolver = new(Path.Combine(Folder, "EdgeHost.Plugins.Recommendation.dll"));

        protected override Assembly? Load(AssemblyName assemblyName) => _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName) => _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
