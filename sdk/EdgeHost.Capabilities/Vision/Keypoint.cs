using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>A named point of a body, in pixels of the picture after EXIF rotation.</summary>
/// <param name="Name">What it is, for example left_shoulder.</param>
/// <param name="X">Pixels from the picture's left; inside the picture.</param>
/// <param name="Y">Pixels from the picture's top; inside the picture.</param>
/// <param name="Confidence">How sure the model is, 0 to 1.</param>
[WireMessage]
public sealed partial record Keypoint(string Name, double X, double Y, double Confidence);
