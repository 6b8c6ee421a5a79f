namespace EdgeHost.Capabilities.Host;

/// <summary>Names of the host's methods about itself whose messages are in this assembly.</summary>
public static class HostMethods
{
    /// <summary><see cref="HealthRequest"/> to <see cref="HealthResponse"/>.</summary>
    public const string Health = "host.health";

    /// <summary><see cref="StatsRequest"/> to <see cref="StatsResponse"/>.</summary>
    public const string Stats = "host.stats";

    /// <summary><see cref="ExplainRequest"/> to <see cref="ExplainResponse"/>.</summary>
    public const string Explain = "host.explain";

    /// <summary><see cref="QuotaRequest"/> to <see cref="QuotaResponse"/>.</summary>
    public const string Quota = "host.quota";

    /// <summary><see cref="AppUsageRequest"/> to <see cref="AppUsageResponse"/>.</summary>
    public const string AppUsage = "apps.usage";
}
