using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Finds the joints of the person in a picture.</summary>
[WireMessage]
public sealed partial class EstimatePoseRequest
{
    /// <summary>The picture: the bytes of a PNG, JPEG, WebP, BMP or GIF file; of an animated one the first frame. EXIF rotation is honoured.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>Points of the body below this confidence are left out, 0 to 1. If absent: below the model's own threshold, and all where too few points are sure that anybody is there.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? MinConfidence { get; init; }

    /// <summary>Most people to return, the surest first, 1 to 100; all that the model finds if absent. The model that comes with the host finds one.</summary>
    [WireField(Minimum = 1, Maximum = 100)]
    public int? MaxResults { get; init; }

    /// <summary>The model to use, by its id; if absent, the best one on the device.</summary>
    public string? Model { get; init; }
}
