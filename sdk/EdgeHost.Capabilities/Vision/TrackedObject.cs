using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>One thing that is followed from frame to frame.</summary>
[WireMessage]
public sealed partial class TrackedObject
{
    /// <summary>Its number: the same in every frame, from 1, and never given again in a stream.</summary>
    [WireField(Minimum = 1)]
    public required long Track { get; init; }

    /// <summary>What it is, as the model calls it.</summary>
    public required string Label { get; init; }

    /// <summary>How sure the detector is in this frame, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Confidence { get; init; }

    /// <summary>Where it is, in pixels of the frame after EXIF rotation; inside the frame.</summary>
    public required Box Box { get; init; }

    /// <summary>Frames since it was first seen, dropped ones counted.</summary>
    [WireField(Minimum = 0)]
    public long Age { get; init; }
}
