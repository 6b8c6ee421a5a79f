using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Retraining;

/// <summary>A rule by which a job begins by itself. Immutable.</summary>
/// <param name="Owner">The app.</param>
/// <param name="Spec">The job's specification, which has a rule and a dataset.</param>
/// <param name="Plugin">The plugin whose manifest it is in; null where it is that of a job of the app's.</param>
/// <param name="Last">When the last one was asked for; null for never.</param>
/// <param name="LabelsBefore">The labels at that time, as <see cref="LabelBuckets"/> counts them.</param>
internal sealed record StandingRule(ExampleOwner Owner, JobSpec Spec, string? Plugin, DateTimeOffset? Last, IReadOnlyDictionary<string, long> LabelsBefore);
