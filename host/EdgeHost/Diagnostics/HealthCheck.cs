using EdgeHost.Capabilities.Host;

namespace EdgeHost.Host.Diagnostics;

/// <summary>A running host's health as a line of the doctor.</summary>
internal static class HealthCheck
{
    public static DoctorCheck Describe(HealthResponse health)
    {
        var good = health.Findings.Where(finding => finding.Status == HealthStatus.Ready).Select(finding => $"{finding.Subject}: {finding.Text}").ToList();
        var tested = good.Count == 0 ? health.Probed ? "no model is in memory" : "nothing ran yet" : string.Join("; ", good);
        return health.Status switch
        {
            HealthStatus.Ready => new DoctorCheck("health", DoctorStatus.Ok, $"ready; {tested}"),
            HealthStatus.Degraded => new DoctorCheck("health", DoctorStatus.Warning, $"degraded; {tested}", Problems(health)),
            _ => new DoctorCheck("health", DoctorStatus.Broken, "stuck: the host answers, but model steps do not get done", Problems(health)),
        };
    }

    private static string Problems(HealthResponse health)
        => $"{string.Join(Environment.NewLine, health.Problems)}{Environment.NewLine}'edgehost explain' has what led to it.";
}
