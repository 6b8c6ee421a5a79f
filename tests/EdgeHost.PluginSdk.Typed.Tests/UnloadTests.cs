using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;

namespace EdgeHost.PluginSdk.Typed.Tests;

public class UnloadTests
{
    private const int MostCollections = 20;

    [Fact]
    public async Task LaidOutPlugin_AfterCallsAndStop_Unloads()
    {
        var context = await LoadCallAndUnloadAsync();

        for (var i = 0; i < MostCollections && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive, "The plugin's load context is still in memory after its last use.");
    }

    [Fact]
    public void LaidOutPlugin_Folder_HasNothingThatTheHostShares()
    {
        var files = Directory.GetFiles(PluginFolder).Select(Path.GetFileName).Where(static name => name!.EndsWith(".dll", StringComparison.Ordinal));

        Assert.Equal(
            [
                "EdgeHost.PluginSdk.Typed.dll",
                "EdgeHost.Serialization.dll",
                "MessagePack.Annotations.dll",
                "MessagePack.dll",
                "Microsoft.NET.StringTools.dll",
                "WordTools.Contract.dll",
                "WordTools.dll",
            ],
            files.Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(PluginFolder, "plugin.json")));
    }

    private static string PluginFolder => Path.Combine(Repository.Artifacts, "sample-plugins", "WordTools");

    // Apart, so that no local of the test keeps the plugin alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LoadCallAndUnloadAsync()
    {
        var context = new PluginLoadContext(PluginFolder);
        var assembly = context.LoadFromAssemblyPath(Path.Combine(PluginFolder, "WordTools.dll"));
        var type = assembly.GetExportedTypes().Single(static type => type.IsSubclassOf(typeof(EdgeHostPlugin)));
        var host = await PluginTestHost.StartAsync((EdgeHostPlugin)Activator.CreateInstance(type)!);

        // The plugin's own copy reads the body: only bytes cross.
        Assert.NotSame(typeof(WireReader).Assembly, context.Assemblies.Single(static a => a.GetName().Name == "EdgeHost.Serialization"));
        foreach (var capability in host.Capabilities)
        {
            var body = WireJson.ToMessagePack(System.Text.Encoding.UTF8.GetBytes(capability.ExampleRequest));
            Assert.False((await host.CallAsync(capability.Method, body)).Response.IsEmpty);
            await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync(capability.Method, WireJson.ToMessagePack("""{"text":5}"""u8.ToArray())));
        }

        await host.StopAsync();
        context.Unload();
        return new WeakReference(context);
    }

    private sealed class PluginLoadContext(string folder) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
