using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Vision.Imaging;

namespace EdgeHost.Plugins.Vision.Inputs;

/// <summary>How a picture becomes the input of a network, apart from the input's size. Immutable.</summary>
internal sealed record InputRecipe
{
    /// <summary>How it fills the input.</summary>
    public PictureFit Fit { get; init; }

    /// <summary>For a crop: how much of what could be kept is kept, along each side.</summary>
    public float CropShare { get; init; } = 1;

    /// <summary>What fills bars: the value of each channel, 0 to 255.</summary>
    public byte Pad { get; init; }

    /// <summary>Which channel goes first.</summary>
    public ChannelOrder Order { get; init; }

    /// <summary>How 0..255 becomes the input's numbers; of no effect on an input of whole numbers.</summary>
    public ChannelScales Scales { get; init; } = ChannelScales.Raw;

    /// <summary>Shrinking by more than this averages pixels, see <see cref="PictureScaler.Scale"/>.</summary>
    public float AverageBeyond { get; init; } = 2;

    /// <summary>
    /// What the manifest says, over these defaults: <c>fit</c> (<c>squash</c>, <c>letterbox</c>, <c>letterbox-top-left</c>, <c>crop</c>), <c>crop</c> (the share, 0.1 to 1), <c>pad</c> (0 to 255),
    /// <c>channels</c> (<c>rgb</c>, <c>bgr</c>), and the numbers <c>(value × scale − mean) ÷ std</c> of a channel's 0 to 255: <c>scale</c> (default 1 where any of the three is given), <c>mean</c> and
    /// <c>std</c> (one number or three, for red, green and blue; default 0 and 1).
    /// </summary>
    /// <param name="model">The model.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a property has a wrong value.</exception>
    public InputRecipe With(ModelDescription model)
    {
        var properties = new ModelProperties(model);
        return this with
        {
            Fit = properties.OneOf("fit", Fit, ("squash", PictureFit.Squash), ("letterbox", PictureFit.Centred), ("letterbox-top-left", PictureFit.TopLeft), ("crop", PictureFit.Crop)),
            CropShare = properties.Number("crop", 0.1f, 1) ?? CropShare,
            Pad = (byte)(properties.Integer("pad", 0, 255) ?? Pad),
            Order = properties.OneOf("channels", Order, ("rgb", ChannelOrder.Rgb), ("bgr", ChannelOrder.Bgr)),
            Scales = ReadScales(properties) ?? Scales,
        };
    }

    private static ChannelScales? ReadScales(ModelProperties properties)
    {
        var scale = properties.Number("scale", 1e-6f, 1e6f);
        var mean = properties.Channels("mean", -1e6f, 1e6f);
        var deviation = properties.Channels("std", 1e-6f, 1e6f);
        if (scale is null && mean is null && deviation is null) return null;
        return new ChannelScales(Of(0), Of(1), Of(2));

        ChannelScale Of(int channel)
        {
            var std = deviation?[channel] ?? 1;
            return new ChannelScale((scale ?? 1) / std, -(mean?[channel] ?? 0) / std);
        }
    }
}
