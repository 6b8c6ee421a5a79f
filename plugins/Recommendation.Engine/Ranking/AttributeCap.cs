namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>A bound on items of a list that share a value.</summary>
/// <param name="Attribute">The name of the attribute; <c>tags</c> for tags, of which each counts.</param>
/// <param name="Most">How many may share one value, at least 1. Items without the attribute are not bounded.</param>
public sealed record AttributeCap(string Attribute, int Most);
