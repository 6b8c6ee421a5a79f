namespace EdgeHost.Plugins.Vision.Vectors;

/// <summary>A picture's vector.</summary>
/// <param name="Values">Of length 1.</param>
/// <param name="Model">The model that made it, as id@version.</param>
internal sealed record PictureVector(float[] Values, string Model);
