using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>What was found in a frame. Frames that come while one is looked at are dropped but for the newest, so answers are of now and never of a queue.</summary>
[WireMessage]
public sealed partial class WatchedFrame
{
    /// <summary>The frame's place among those pushed, from 0.</summary>
    [WireField(Minimum = 0)]
    public required long Frame { get; init; }

    /// <summary>The frame's time as the app gave it.</summary>
    public long? TimeMs { get; init; }

    /// <summary>Frames that were dropped since the one before, which nobody looked at.</summary>
    [WireField(Minimum = 0)]
    public long Dropped { get; init; }

    /// <summary>What is followed, in the order of the tracks' numbers.</summary>
    public IReadOnlyList<TrackedObject> Objects { get; init; } = [];

    /// <summary>Width of the frame in pixels after EXIF rotation; 0 if it could not be decoded.</summary>
    [WireField(Minimum = 0)]
    public int Width { get; init; }

    /// <summary>Height of the frame in pixels after EXIF rotation; 0 if it could not be decoded.</summary>
    [WireField(Minimum = 0)]
    public int Height { get; init; }

    /// <summary>Why the frame could not be looked at; absent if it was. The stream goes on.</summary>
    public string? Problem { get; init; }
}
