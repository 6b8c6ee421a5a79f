using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>One line as read.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="Confidence">Mean probability of its characters, 0 to 1.</param>
/// <param name="Polygon">Its corners in pixels of the full upright picture, clockwise from the start of the text's top edge.</param>
/// <param name="Row">The row it stands in, counted from 0.</param>
/// <param name="IsUpsideDown">Whether it stands on its head in the picture.</param>
internal readonly record struct RecognizedLine(string Text, float Confidence, Quad Polygon, int Row, bool IsUpsideDown);
