namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>How the channels of a picture become a tensor's floats.</summary>
/// <param name="Red">For red.</param>
/// <param name="Green">For green.</param>
/// <param name="Blue">For blue.</param>
internal readonly record struct ChannelScales(ChannelScale Red, ChannelScale Green, ChannelScale Blue)
{
    /// <summary>Leaves 0..255 as it is.</summary>
    public static ChannelScales Raw { get; } = Same(new ChannelScale(1, 0));

    /// <summary>Maps 0..255 to 0..1.</summary>
    public static ChannelScales Unit { get; } = Same(new ChannelScale(1f / 255, 0));

    /// <summary>Maps 0..255 to -1..1.</summary>
    public static ChannelScales Symmetric { get; } = Same(ChannelScale.Symmetric);

    /// <summary>One for all channels.</summary>
    public static ChannelScales Same(ChannelScale scale) => new(scale, scale, scale);
}
