using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>The faces of a picture.</summary>
/// <param name="Faces">The surest first.</param>
/// <param name="Width">Width of the full upright picture in pixels.</param>
/// <param name="Height">Height of the full upright picture in pixels.</param>
/// <param name="Model">The model that ran; null if the picture was too small for any face.</param>
internal sealed record FaceDetection(IReadOnlyList<DetectedFace> Faces, int Width, int Height, ModelDescription? Model);
