namespace EdgeHost.Runtime.Health;

/// <summary>What a health check found.</summary>
/// <param name="State">The worst that matters: stuck where no device gets work done, degraded where one does not or a model fails.</param>
/// <param name="Findings">One line a device and a resident model.</param>
public sealed record HealthReport(HostHealthState State, IReadOnlyList<HealthFinding> Findings);
