using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Tests;

/// <summary>The laid-out folder works in a load context of its own, with SQLite found in it, and can be unloaded after it was used.</summary>
public class HealthUnloadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Folder = Path.Combine(Repository.Artifacts, "plugins", "Health");

    [Fact]
    public async Task LaidOutPlugin_AfterCallsAndStop_Unloads()
    {
        var context = await LoadCallAndUnloadAsync();

        using var patience = new CancellationTokenSource(Patience);
        while (context.IsAlive && !patience.IsCancellationRequested)
        {
            // On a stack of its own: the frames of the call that was awaited may still hold the plugin, and threads of the pool what they did last, until they do something else.
            await Task.Run(Collect);
        }

        Assert.False(context.IsAlive, "The plugin's load context is still in memory after its last use.");
    }

    // Apart, so that no local of the test keeps the plugin alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LoadCallAndUnloadAsync()
    {
        var context = new PluginLoadContext();
        var assembly = context.LoadFromAssemblyPath(Path.Combine(Folder, "EdgeHost.Plugins.Health.dll"));
        Assert.NotSame(typeof(HealthPlugin).Assembly, assembly);
        var type = assembly.GetExportedTypes().Single(static type => type.IsSubclassOf(typeof(EdgeHostPlugin)));
        var host = await PluginTestHost.StartAsync((EdgeHostPlugin)Activator.CreateInstance(type)!, new PluginTestOptions());

        var recorded = await host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(
            HealthMethods.Record, new RecordSamplesRequest { Samples = [new HealthSample { Type = "weight", Value = 70, Unit = "kg", Time = 1_700_000_000_000 }] });
        Assert.Equal(1, recorded.Accepted);
        Assert.Contains(context.Assemblies, static loaded => loaded.GetName().Name == "SQLitePCLRaw.core");

        await host.StopAsync();
        context.Unload();
        return new WeakReference(context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed class PluginLoadContext() : AssemblyLoadContext(isCollectible: true)
    {
        private readonly AssemblyDependencyResolver _resolver = new(Path.Combine(Folder, "EdgeHost.Plugins.Health.dll"));

        protected override Assembly? Load(AssemblyName assemblyName)
            => _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName)
            => _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
