using EdgeHost.Learning.Preprocessing;

namespace EdgeHost.Jobs.Specs;

/// <summary>Where a job's examples come from, as its specification says.</summary>
/// <param name="Dataset">The dataset; null where they are inline.</param>
/// <param name="FeaturesOf">The models whose features they are.</param>
/// <param name="Replay">What is learned again; null for nothing.</param>
/// <param name="Preprocessing">How they become vectors.</param>
/// <param name="Inline">The examples in the specification; null where they are a dataset.</param>
internal sealed record DataSpec(string? Dataset, IReadOnlyList<string> FeaturesOf, ReplaySpec? Replay, PreprocessingSpec Preprocessing, InlineData? Inline);
