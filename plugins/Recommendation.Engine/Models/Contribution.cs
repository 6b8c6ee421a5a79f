namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>One part of a score. The parts of a score add up to it, which is what makes reasons true.</summary>
/// <param name="Kind">What it comes from.</param>
/// <param name="Item">The number of the item of the user's history, or -1.</param>
/// <param name="Feature">The feature as <c>tag:…</c>, <c>text:…</c> or <c>attribute:value</c>, or null.</param>
/// <param name="Value">The part; below zero where it speaks against the item.</param>
public readonly record struct Contribution(ContributionKind Kind, int Item, string? Feature, double Value);
