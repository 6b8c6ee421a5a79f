using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Security;

/// <summary>What one app may do.</summary>
public sealed class AppRuleOptions
{
    /// <summary>The hash of the token that proves the name, as <c>edgehost apps add NAME --token</c> makes it; null for none.</summary>
    public string? TokenHash { get; set; }

    /// <summary>Ids of the users whose processes may be this app; none stands for the host's own user.</summary>
    public IList<long> Users { get; } = [];

    /// <summary>
    /// Methods it may call: names, patterns such as <c>vision.*</c>, or <c>*</c>; with <c>!</c> in front what it may not call all the same. None stands for
    /// everything that needs no explicit grant.
    /// </summary>
    public IList<string> Grants { get; } = [];

    /// <summary>Its most urgent priority; calls that ask for more run with this one. By default interactive.</summary>
    public CallPriority MaxPriority { get; set; } = CallPriority.Interactive;

    /// <summary>Calls a second that it may begin in the long run; 0.001 to 1,000,000, or null for any number (default).</summary>
    [Range(0.001, 1_000_000)]
    public double? CallsPerSecond { get; set; }

    /// <summary>Calls that it may begin at once after a pause, where CallsPerSecond is set; 1 to 1,000,000, by default 10.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 10;

    /// <summary>Calls in flight on all its connections; 1 to 1,000,000, or null for any number (default).</summary>
    [Range(1, 1_000_000)]
    public int? ConcurrentCalls { get; set; }

    /// <summary>Seconds that its steps may run on devices in each window; 0.001 to 1,000,000, or null for any (default). What begins within them is finished.</summary>
    [Range(0.001, 1_000_000)]
    public double? DeviceSeconds { get; set; }

    /// <summary>The window of DeviceSeconds; 1 second to 30 days, by default one hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);
}
