using EdgeHost.Plugins.Vision.Classes;
using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Foreground;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.Plugins.Vision.Objects;
using EdgeHost.Plugins.Vision.Poses;
using EdgeHost.Plugins.Vision.Scenes;
using EdgeHost.Plugins.Vision.Taught;
using EdgeHost.Plugins.Vision.Text;
using EdgeHost.Plugins.Vision.Vectors;
using EdgeHost.Plugins.Vision.Watching;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Vision;

/// <summary>The entry point: what is in a picture.</summary>
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
            .AddSingleton<FaceDetector>()
            .AddSingleton<PictureModels>()
            .AddSingleton<LabelFile>()
            .AddSingleton<ObjectDetector>()
            .AddSingleton<PoseEstimator>()
            .AddSingleton<ImageClassifier>()
            .AddSingleton<ForegroundSegmenter>()
            .AddSingleton<PictureEmbedder>()
            .AddSingleton(TeachingOptions.FromSettings(settings))
            .AddSingleton<SceneHead>()
            .AddSingleton<SceneRecognizer>()
            .AddSingleton<StandardEmbedder>()
            .AddSingleton<PictureVariations>()
            .AddSingleton<TaughtClassifiers>()
            .AddSingleton<HeadTrainings>()
            .AddSingleton<RecentAnswers>()
            .AddSingleton<ImageTeacher>();
        plugin.AddCapability<RecognizeTextHandler>()
            .AddCapability<DetectFacesHandler>()
            .AddCapability<DetectObjectsHandler>()
            .AddCapability<EstimatePoseHandler>()
            .AddCapability<ClassifyImageHandler>()
            .AddCapability<SegmentForegroundHandler>()
            .AddCapability<EmbedImageHandler>()
            .AddCapability<RecognizeSceneHandler>()
            .AddCapability<TeachHandler>()
            .AddCapability<ForgetHandler>()
            .AddCapability<ClassifiersHandler>()
            .AddCapability<CorrectHandler>()
            .AddCapability<RollBackHandler>()
            .AddCapability<WatchHandler>();
    }
}
