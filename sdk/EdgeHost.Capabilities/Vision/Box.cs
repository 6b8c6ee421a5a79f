using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>An upright rectangle in a picture, in pixels.</summary>
/// <param name="X">Left edge, pixels from the picture's left; may lie slightly outside.</param>
/// <param name="Y">Top edge, pixels from the picture's top; may lie slightly outside.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
[WireMessage]
public readonly partial record struct Box(double X, double Y, double Width, double Height);
