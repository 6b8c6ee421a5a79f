using System.Numerics;

namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>One face in pixels of the full upright picture.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="TopLeft">The box's top-left corner, inside the picture.</param>
/// <param name="BottomRight">The box's bottom-right corner, inside the picture.</param>
/// <param name="Landmarks">Six points in the order of <see cref="FaceDetector.LandmarkNames"/>; a point of a face at the edge may lie outside the picture.</param>
internal sealed record DetectedFace(float Confidence, Vector2 TopLeft, Vector2 BottomRight, IReadOnlyList<Vector2> Landmarks);
