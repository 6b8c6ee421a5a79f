using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Follows things through the frames of a video while they come in.</summary>
[WireMessage]
public sealed partial class WatchRequest
{
    /// <summary>Findings of this confidence and more begin to be followed, 0.01 to 1; 0.35 if absent. What is followed already is kept through frames in which the detector is less sure.</summary>
    [WireField(Minimum = 0.01, Maximum = 1)]
    public double? MinConfidence { get; init; }

    /// <summary>The only labels to look for, as the model calls them; all if absent or empty.</summary>
    [WireField(MaxLength = 1000)]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Most things followed in a frame, 1 to 1,000; 100 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 1000)]
    public int? MaxResults { get; init; }

    /// <summary>Frames (dropped ones counted) for which something may be out of sight and keeps its number, 1 to 10,000; 30 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 10_000)]
    public int? PatienceFrames { get; init; }

    /// <summary>The model to use, by its id; if absent, the best one on the device.</summary>
    public string? Model { get; init; }
}
