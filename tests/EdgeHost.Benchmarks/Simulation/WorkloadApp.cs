namespace EdgeHost.Benchmarks.Simulation;

/// <summary>An app of a workload. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Priority">The class of its requests.</param>
/// <param name="Deadline">Its deadlines as multiples of the model's mean run time.</param>
/// <param name="Models">What it runs, with the share of its device time each; the shares sum to one.</param>
internal sealed record WorkloadApp(string Name, CallPriority Priority, DeadlineRange Deadline, IReadOnlyList<(WorkloadModel Model, double Share)> Models);

/// <summary>From when to when a deadline may be, as multiples of the model's mean run time, evenly.</summary>
internal readonly record struct DeadlineRange(double Least, double Most);

/// <summary>A model of a workload.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Milliseconds">Mean run time of a step.</param>
/// <param name="Variation">Standard deviation over mean of the run times; they are log-normal.</param>
/// <param name="FixedShare">The part of a run that does not grow with the steps in it; null where steps are never joined.</param>
internal sealed record WorkloadModel(string Name, double Milliseconds, double Variation, double? FixedShare = null);
