using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Finds things of everyday life in a picture: people, animals, vehicles, furniture, food.</summary>
[WireMessage]
public sealed partial class DetectObjectsRequest
{
    /// <summary>The picture: the bytes of a PNG, JPEG, WebP, BMP or GIF file; of an animated one the first frame. EXIF rotation is honoured.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>Objects below this confidence are left out, 0.01 to 1; the model's own threshold if absent.</summary>
    [WireField(Minimum = 0.01, Maximum = 1)]
    public double? MinConfidence { get; init; }

    /// <summary>Most objects to return, the surest first, 1 to 1,000; 100 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 1000)]
    public int? MaxResults { get; init; }

    /// <summary>The only labels to look for, as the model calls them (<c>person</c>, <c>hot dog</c>; case does not matter); all if absent or empty.</summary>
    [WireField(MaxLength = 1000)]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The model to use, by its id; if absent, the best one on the device.</summary>
    public string? Model { get; init; }
}
