namespace EdgeHost.Runtime.Scheduling;

/// <summary>What is known of a step's run time.</summary>
/// <param name="Expected">The mean.</param>
/// <param name="Cautious">What most runs do not exceed: the mean and one deviation.</param>
public readonly record struct LatencyEstimate(TimeSpan Expected, TimeSpan Cautious);
