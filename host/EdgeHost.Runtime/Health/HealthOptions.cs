using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Runtime.Health;

/// <summary>Limits of the health check.</summary>
public sealed class HealthOptions
{
    /// <summary>
    /// How long a check may take; what has not answered by then is reported so. 100 ms to 10 min, default 5 s: less than service supervisors wait.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a result is given again. 0 to 10 min, default 1 s: many askers cost one check.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ResultLifetime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A step that runs longer is reported. 1 s to 1 day, default 2 min: the longest sensible step of a large model on a small processor.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RunLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A device that has steps waiting and has finished none for this long is stuck. 1 s to 1 day, default 30 s; steps that rest because of battery or heat
    /// do not count.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ProgressLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A device on which a step ended well this recently is not tested as well by a probe. 0 to 1 day, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan TrustSuccess { get; set; } = TimeSpan.FromSeconds(10);
}
