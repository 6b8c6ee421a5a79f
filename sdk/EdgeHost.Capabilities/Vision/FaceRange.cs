namespace EdgeHost.Capabilities.Vision;

/// <summary>How far from the camera faces are looked for.</summary>
public enum FaceRange
{
    /// <summary>The host decides; now the far model, which finds large faces too.</summary>
    Auto = 0,

    /// <summary>Within about two metres, as in a selfie or a video call. Fastest.</summary>
    Near = 1,

    /// <summary>Within about five metres, as in a photograph of a group.</summary>
    Far = 2,
}
