namespace EdgeHost.Plugins.Vision.Classes;

/// <summary>What a picture shows.</summary>
/// <param name="Labels">The surest first, with their probabilities.</param>
/// <param name="Classes">What the set of classes is called.</param>
/// <param name="Model">The model that served, as id@version.</param>
internal sealed record Classification(IReadOnlyList<(string Label, float Confidence)> Labels, string Classes, string Model);
