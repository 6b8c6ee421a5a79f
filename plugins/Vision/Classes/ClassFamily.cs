using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Models;

namespace EdgeHost.Plugins.Vision.Classes;

/// <summary>A kind of classifier. Immutable.</summary>
/// <param name="Name">What manifests call it.</param>
/// <param name="Recipe">How its pictures are made.</param>
/// <param name="IsLogits">Whether its output still has to become probabilities, by a softmax.</param>
internal sealed record ClassFamily(string Name, InputRecipe Recipe, bool IsLogits) : PictureFamily(Name, Recipe)
{
    // How ImageNet networks are trained and judged by custom: the middle 224 of 256 pixels.
    private static readonly InputRecipe ImageNet = new()
    {
        Fit = PictureFit.Crop,
        CropShare = 0.875f,
        Scales = new ChannelScales(ChannelScale.Standardized(0.485f, 0.229f), ChannelScale.Standardized(0.456f, 0.224f), ChannelScale.Standardized(0.406f, 0.225f)),
    };

    /// <summary>All of them, and the model that serves by default.</summary>
    public static PictureTask<ClassFamily> Task { get; } = new(
        "image-classification",
        "cls-mobilenetv2",
        [
            new("probabilities", ImageNet with { Scales = ChannelScales.Raw }, IsLogits: false),
            new("imagenet-logits", ImageNet, IsLogits: true),
        ]);

    /// <summary>Its first output: that of a model with inner ones for vectors is the first, too.</summary>
    public override IReadOnlyList<string> OutputsOf(PluginSdk.ModelDescription model) => [new ModelProperties(model).Text("output") ?? model.Outputs[0].Name];
}
