using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>The laid-out folder works in a load context of its own, with the native library found in it, and can be unloaded.</summary>
[Collection(nameof(VisionModels))]
public class VisionUnloadTests(VisionModels models)
{
    [RealModelsFact(VisionModels.Plugin)]
    public async Task LaidOutPlugin_AfterCallsAndStop_Unloads()
    {
        var provider = models.Provider;
        var isGone = await LaidOutPlugin.UnloadsAsync("Vision", "EdgeHost.Plugins.Vision", async (plugin, context) =>
        {
            Assert.IsNotType<VisionPlugin>(plugin);
            var host = await PluginTestHost.StartAsync(plugin, new PluginTestOptions { Models = provider });
            var photos = Path.Combine(Repository.Root, "samples", "Photos");
            var faces = await host.CallAsync<DetectFacesRequest, DetectFacesResponse>(
                VisionMethods.DetectFaces, new DetectFacesRequest { Image = await File.ReadAllBytesAsync(Path.Combine(photos, "prints.jpg")) });
            Assert.Equal(3, faces.Faces.Count);
            var text = await host.CallAsync<RecognizeTextRequest, RecognizeTextResponse>(
                VisionMethods.RecognizeText, new RecognizeTextRequest { Image = await File.ReadAllBytesAsync(Path.Combine(photos, "page.jpg")) });
            Assert.Equal(10, text.Lines.Count);
            Assert.Contains(context.Assemblies, static loaded => loaded.GetName().Name == "SkiaSharp");
            await host.StopAsync();
        });

        Assert.True(isGone, "The plugin's load context is still in memory after its last use.");
    }

    [Fact]
    public void LaidOutPlugin_Folder_HasItsNativeLibraryOnceAndNothingThatTheHostShares()
    {
        var files = Directory.GetFiles(LaidOutPlugin.FolderOf("Vision"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToArray();

        Assert.Single(files, static name => name!.StartsWith("libSkiaSharp", StringComparison.Ordinal));
        Assert.DoesNotContain("EdgeHost.PluginSdk.dll", files);
        Assert.DoesNotContain("EdgeHost.Primitives.dll", files);
        Assert.DoesNotContain("System.Numerics.Tensors.dll", files);
        Assert.DoesNotContain("Microsoft.ML.OnnxRuntime.dll", files);
    }
}
