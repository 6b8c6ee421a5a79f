using System.Numerics;

namespace EdgeHost.Plugins.Vision.Foreground;

/// <summary>Which pixels of a picture are foreground.</summary>
/// <param name="Png">A PNG file of the picture's size, 8-bit grey.</param>
/// <param name="Coverage">The mean of the mask, 0 to 1.</param>
/// <param name="Size">The picture's size.</param>
/// <param name="Model">The model that served, as id@version.</param>
internal sealed record Mask(byte[] Png, double Coverage, Vector2 Size, string Model);
