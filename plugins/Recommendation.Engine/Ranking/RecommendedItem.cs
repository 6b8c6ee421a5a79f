using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>One place of a list.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Id">The item's id.</param>
/// <param name="Score">The model's score; higher is better, comparable within one list.</param>
/// <param name="Propensity">The probability with which this item got this place after the places before it; 1 without exploration. Log it beside the showing.</param>
/// <param name="Reasons">The largest parts of the score above 0.</param>
public sealed record RecommendedItem(int Item, string Id, float Score, double Propensity, IReadOnlyList<Contribution> Reasons);
