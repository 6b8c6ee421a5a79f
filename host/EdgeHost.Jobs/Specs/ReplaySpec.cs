namespace EdgeHost.Jobs.Specs;

/// <summary>What a personal version learns again so that it does not forget. Immutable.</summary>
/// <param name="File">The file of the shipped model with examples that it learned from.</param>
/// <param name="Share">The share that they have of what is learned from, 0.05 to 0.95: the app's own examples are repeated, each at most sixteen times as often as one of these, until it is reached.</param>
public sealed record ReplaySpec(string File, double Share);
