namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>How far a build is.</summary>
/// <param name="Stage">What is done now, for people.</param>
/// <param name="Fraction">From 0 to 1.</param>
public readonly record struct TrainingProgress(string Stage, double Fraction);
