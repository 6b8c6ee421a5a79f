using EdgeHost.Jobs.Specs;

namespace EdgeHost.Jobs.Searching;

/// <summary>A run that is to be done. Immutable.</summary>
/// <param name="Number">The number of the combination, from 0.</param>
/// <param name="Round">The round of successive halving; 0 otherwise.</param>
/// <param name="Settings">The combination as a text; empty without a search.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Steps">The steps at which it ends.</param>
/// <param name="Spec">The specification with the combination in it.</param>
internal sealed record TrialPlan(int Number, int Round, string Settings, ulong Seed, long Steps, JobSpec Spec);
