namespace EdgeHost.Plugins.Vision.Tracking;

/// <summary>Thresholds of following things from frame to frame; the defaults are those of ByteTrack (Zhang et al. 2022).</summary>
internal sealed record TrackingOptions
{
    /// <summary>Findings of this confidence and more are looked at first, 0 to 1.</summary>
    public float HighConfidence { get; init; } = 0.5f;

    /// <summary>A new track needs this much more than <see cref="HighConfidence"/>.</summary>
    public float NewTrackMargin { get; init; } = 0.1f;

    /// <summary>Findings below this are ignored, 0 to 1. Those between this and <see cref="HighConfidence"/>, such as of what is half hidden, keep tracks alive but begin none.</summary>
    public float LowConfidence { get; init; } = 0.1f;

    /// <summary>The least overlap (intersection over union) of a track with a sure finding; 0 to 1.</summary>
    public float LeastOverlap { get; init; } = 0.2f;

    /// <summary>The same with an unsure finding.</summary>
    public float LeastOverlapOfUnsure { get; init; } = 0.5f;

    /// <summary>The same of a track that was seen once only.</summary>
    public float LeastOverlapOfNew { get; init; } = 0.3f;

    /// <summary>Frames after which what is no more seen is given up, 1 or more.</summary>
    public int Patience { get; init; } = 30;

    /// <summary>The most tracks at once, lost ones included; the longest lost goes first.</summary>
    public int MaxTracks { get; init; } = 500;
}
