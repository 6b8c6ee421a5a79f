using System.Numerics;

namespace EdgeHost.Plugins.Vision.Poses;

/// <summary>A point of a body.</summary>
/// <param name="Name">One of <see cref="BodyPoints.Names"/>.</param>
/// <param name="Place">In pixels of the full upright picture, inside of it.</param>
/// <param name="Confidence">0 to 1.</param>
internal readonly record struct BodyPoint(string Name, Vector2 Place, float Confidence);
