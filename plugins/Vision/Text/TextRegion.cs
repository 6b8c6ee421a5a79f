using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>A stretch of text before it is read.</summary>
/// <param name="Corners">Its corners in pixels of the decoded picture, clockwise from the top left.</param>
/// <param name="Angle">Its slant in radians.</param>
/// <param name="Score">The detector's mean probability inside it.</param>
internal readonly record struct TextRegion(Quad Corners, float Angle, float Score);
