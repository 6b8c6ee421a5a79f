namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>What became of showing an item: to this user, or to all, as the app prefers; may be faded by age.</summary>
/// <param name="Shown">How often it was on a list, at least 0.</param>
/// <param name="Rewarded">How often it was taken, 0 to <paramref name="Shown"/>.</param>
public readonly record struct ItemFeedback(double Shown, double Rewarded);
