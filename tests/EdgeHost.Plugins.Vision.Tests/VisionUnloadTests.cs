using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>The laid-out folder works in a load context of its own, with the native library found in it, and can be unloaded.</summary>
[Collection(nameof(VisionModels))]
public class VisionUnloadTests(VisionModels models)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Folder = Path.Combine(Repository.Artifacts, "plugins", "Vision");

    [RealModelsFact(VisionModels.Plugin)]
    public async Task LaidOutPlugin_AfterCallsAndStop_Unloads()
    {
        var context = await LoadCallAndUnloadAsync(models.Provider);

        using var patience = new CancellationTokenSource(Patience);
        while (context.IsAlive && !patience.IsCancellationRequested)
        {
            // On a stack of its own: the frames of the call that was awaited may still hold the plugin, and threads of the pool what they did last, until they do something else.
            await Task.Run(Collect);
        }

        Assert.False(context.IsAlive, "The plugin's load context is still in memory after its last use.");
    }

    [Fact]
    public void LaidOutPlugin_Folder_HasItsNativeLibraryOnceAndNothingThatTheHostShares()
    {
        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToArray();

        Assert.Single(files, static name => name!.StartsWith("libSkiaSharp", StringComparison.Ordinal));
        Assert.DoesNotContain("EdgeHost.PluginSdk.dll", files);
        Assert.DoesNotContain("EdgeHost.Primitives.dll", files);
        Assert.DoesNotContain("System.Numerics.Tensors.dll", files);
        Assert.DoesNotContain("Microsoft.ML.OnnxRuntime.dll", files);
    }

    // Apart, so that no local of the test keeps the plugin alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LoadCallAndUnloadAsync(IModelProvider provider)
    {
        var context = new PluginLoadContext();
        var assembly = context.LoadFromAssemblyPath(Path.Combine(Folder, "EdgeHost.Plugins.Vision.dll"));
        Assert.NotSame(typeof(VisionPlugin).Assembly, assembly);
        var type = assembly.GetExportedTypes().Single(static type => type.IsSubclassOf(typeof(EdgeHostPlugin)));
        var host = await PluginTestHost.StartAsync((EdgeHostPlugin)Activator.CreateInstance(type)!, new PluginTestOptions { Models = provider });

        var photos = Path.Combine(Repository.Root, "samples", "Photos");
        var faces = await host.CallAsync<DetectFacesRequest, DetectFacesResponse>(
            VisionMethods.DetectFaces, new DetectFacesRequest { Image = await File.ReadAllBytesAsync(Path.Combine(photos, "prints.jpg")) });
        Assert.Equal(3, faces.Faces.Count);
        var text = await host.CallAsync<RecognizeTextRequest, RecognizeTextResponse>(
            VisionMethods.RecognizeText, new RecognizeTextRequest { Image = await File.ReadAllBytesAsync(Path.Combine(photos, "page.jpg")) });
        Assert.Equal(10, text.Lines.Count);
        Assert.Contains(context.Assemblies, static loaded => loaded.GetName().Name == "SkiaSharp");

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
        private readonly AssemblyDependencyResolver _resolver = new(Path.Combine(Folder, "EdgeHost.Plugins.Vision.dll"));

        protected override Assembly? Load(AssemblyName assemblyName)
            => _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName)
            => _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
