namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>The faces of a picture, the surest first, and the full upright picture's size in pixels.</summary>
internal sealed record FaceDetection(IReadOnlyList<DetectedFace> Faces, int Width, int Height);
