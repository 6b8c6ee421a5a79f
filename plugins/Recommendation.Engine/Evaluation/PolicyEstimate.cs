namespace EdgeHost.Plugins.Recommendation.Engine.Evaluation;

/// <summary>What a policy would earn a choice.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error; infinite with fewer than two choices.</param>
public readonly record struct PolicyEstimate(double Value, double StandardError);
