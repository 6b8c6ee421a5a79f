using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>A place in a picture: pixels from its top left corner.</summary>
/// <param name="X">Pixels to the right; may lie slightly outside the picture.</param>
/// <param name="Y">Pixels down; may lie slightly outside the picture.</param>
[WireMessage]
public readonly partial record struct Point(double X, double Y);
