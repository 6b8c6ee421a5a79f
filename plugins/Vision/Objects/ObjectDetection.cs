using System.Numerics;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>The objects of a picture.</summary>
/// <param name="Objects">The surest first, in pixels of the full upright picture and inside of it.</param>
/// <param name="Size">The picture's size.</param>
/// <param name="Model">The model that served, as id@version.</param>
internal sealed record ObjectDetection(IReadOnlyList<FoundObject> Objects, Vector2 Size, string Model);
