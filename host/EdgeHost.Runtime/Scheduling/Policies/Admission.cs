namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>The answer to a step that came.</summary>
/// <param name="Outcome">Whether it may wait.</param>
/// <param name="Wait">Predicted wait for the device; zero unless hopeless.</param>
/// <param name="Run">Predicted run; zero unless hopeless.</param>
/// <param name="RetryAfter">When the same step might fit; zero if it was admitted or is late.</param>
internal readonly record struct Admission(AdmissionOutcome Outcome, TimeSpan Wait = default, TimeSpan Run = default, TimeSpan RetryAfter = default);
