namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>How a picture is made to fill the input of a network, which has another shape.</summary>
internal enum PictureFit
{
    /// <summary>Stretched to the input, whatever its shape.</summary>
    Squash,

    /// <summary>Whole and in its shape, in the middle, with bars at two sides.</summary>
    Centred,

    /// <summary>Whole and in its shape, at the top left, with a bar at the right or the bottom.</summary>
    TopLeft,

    /// <summary>Its middle in the input's shape; the rest is cut off.</summary>
    Crop,
}
