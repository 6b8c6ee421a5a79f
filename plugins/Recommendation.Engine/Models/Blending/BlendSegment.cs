namespace EdgeHost.Plugins.Recommendation.Engine.Models.Blending;

/// <summary>The weights of a blend's members for histories of some length.</summary>
/// <param name="MostItems">The longest history that it holds for, in items.</param>
/// <param name="Weights">The weight of each member, 0 or above.</param>
public sealed record BlendSegment(int MostItems, IReadOnlyList<double> Weights);
