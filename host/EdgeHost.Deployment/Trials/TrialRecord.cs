using EdgeHost.Deployment.Versions;

namespace EdgeHost.Deployment.Trials;

/// <summary>A trial as it is kept, so that a restart of the host does not begin it anew. Immutable.</summary>
/// <param name="Stage">The state that the version had.</param>
/// <param name="Candidate">Its calls.</param>
/// <param name="Baseline">Calls of the version that it would replace, or has replaced.</param>
/// <param name="Shadow">Its steps in shadow.</param>
internal sealed record TrialRecord(VersionState Stage, ServedRecord? Candidate, ServedRecord? Baseline, ShadowRecord? Shadow);
