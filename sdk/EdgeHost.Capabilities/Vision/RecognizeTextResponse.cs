using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>The text found in a picture.</summary>
[WireMessage]
public sealed partial class RecognizeTextResponse
{
    /// <summary>All lines in reading order: pieces side by side joined by a space, rows by a line feed; empty if there is no text.</summary>
    public required string Text { get; init; }

    /// <summary>The lines in reading order.</summary>
    public required IReadOnlyList<TextLine> Lines { get; init; }

    /// <summary>Width of the picture in pixels after EXIF rotation; coordinates are from 0 to this.</summary>
    [WireField(Minimum = 0)]
    public int Width { get; init; }

    /// <summary>Height of the picture in pixels after EXIF rotation; coordinates are from 0 to this.</summary>
    [WireField(Minimum = 0)]
    public int Height { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
