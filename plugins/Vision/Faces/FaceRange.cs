namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>How far faces are from the camera, which chooses the network.</summary>
internal enum FaceRange
{
    /// <summary>Up to a few metres; the larger network.</summary>
    Far,

    /// <summary>A person before the device; the smaller, four times faster network.</summary>
    Near,
}
