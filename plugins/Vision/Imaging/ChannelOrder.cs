namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>In which order a tensor has the channels.</summary>
internal enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}
