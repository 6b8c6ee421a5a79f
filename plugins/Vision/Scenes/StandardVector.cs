namespace EdgeHost.Plugins.Vision.Scenes;

/// <summary>A picture's vector without what all pictures have in common.</summary>
/// <param name="Values">Of length 1.</param>
/// <param name="Space">What vectors it can be compared with: the same for all versions of the models that make the same vectors.</param>
/// <param name="Models">The models that made it, as id@version.</param>
internal sealed record StandardVector(float[] Values, string Space, IReadOnlyList<string> Models);
