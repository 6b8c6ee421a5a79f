using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Text;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Vision;

/// <summary>The entry point: reading text and finding faces in pictures.</summary>
public sealed class VisionPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var settings = plugin.Environment.Settings;
        var imaging = ImagingOptions.FromSettings(settings);
        plugin.Services
            .AddSingleton(imaging)
            .AddSingleton(TextOptions.FromSettings(settings))
            .AddSingleton(FaceOptions.FromSettings(settings))
            .AddSingleton(_ => new PixelMemoryPool(imaging.RetainedBytes))
            .AddSingleton<PictureDecoder>()
            .AddSingleton<PageReader>()
            .AddSingleton<FaceDetector>();
        plugin.AddCapability<RecognizeTextHandler>()
            .AddCapability<DetectFacesHandler>();
    }
}
