using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Models;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>A kind of detector. Immutable.</summary>
/// <param name="Name">What manifests call it.</param>
/// <param name="Recipe">How its pictures are made.</param>
/// <param name="Decoder">Reads its outputs.</param>
/// <param name="Threshold">Least score of a box; the property <c>threshold</c> of a manifest overrides it.</param>
/// <param name="MaxOverlap">Boxes of a class that share more are one thing; null: the network sees to that. The property <c>overlap</c> overrides it.</param>
internal sealed record ObjectFamily(string Name, InputRecipe Recipe, IObjectDecoder Decoder, float Threshold, float? MaxOverlap) : PictureFamily(Name, Recipe)
{
    private static readonly InputRecipe Hub = new() { Scales = new ChannelScales(ChannelScale.Standardized(0.485f, 0.229f), ChannelScale.Standardized(0.456f, 0.224f), ChannelScale.Standardized(0.406f, 0.225f)) };

    /// <summary>The classes where no file names them.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>All of them, and the model that comes with the plugin.</summary>
    public static PictureTask<ObjectFamily> Task { get; } = new(
        "object-detection",
        "det-centernet",
        [
            new("centernet", new InputRecipe(), new CenterNetDecoder(), 0.35f, 0.4f) { Outputs = ["tower_0/detections"], Labels = CocoLabels.Names },
            new("yolox", new InputRecipe { Fit = PictureFit.TopLeft, Pad = 114, Order = ChannelOrder.Bgr }, new YoloxDecoder(), 0.3f, 0.45f) { Labels = CocoLabels.Names },
            new("hf-detr", Hub, new QueryDecoder(hasNothing: true), 0.7f, null) { Outputs = ["logits", "pred_boxes"] },
            new("hf-rt-detr", new InputRecipe { Scales = ChannelScales.Unit }, new QueryDecoder(hasNothing: false), 0.5f, null) { Outputs = ["logits", "pred_boxes"] },
        ]);
}
