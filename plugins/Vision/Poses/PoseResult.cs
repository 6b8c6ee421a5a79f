using System.Numerics;

namespace EdgeHost.Plugins.Vision.Poses;

/// <summary>The person of a picture.</summary>
/// <param name="Points">The points that were found; empty: nobody.</param>
/// <param name="Size">The picture's size.</param>
/// <param name="Model">The model that served, as id@version.</param>
internal sealed record PoseResult(IReadOnlyList<BodyPoint> Points, Vector2 Size, string Model);
