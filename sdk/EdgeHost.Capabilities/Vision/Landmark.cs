using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>A named point of a face, in pixels of the picture after EXIF rotation.</summary>
/// <param name="Name">What it is, for example left_eye.</param>
/// <param name="X">Pixels from the picture's left.</param>
/// <param name="Y">Pixels from the picture's top.</param>
[WireMessage]
public sealed partial record Landmark(string Name, double X, double Y);
