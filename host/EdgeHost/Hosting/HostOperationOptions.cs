using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Host.Hosting;

/// <summary>Settings of the host's own methods and of its end.</summary>
public sealed class HostOperationOptions
{
    /// <summary>The configuration section they are bound from.</summary>
    public const string SectionName = "Host";

    /// <summary>
    /// <c>host.health</c> answers by then, whatever hangs. 100 ms to 10 minutes, default 10 s: longer than a slow device needs for a tiny inference,
    /// shorter than the patience of whoever watches.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How much the host logs: <c>Problems</c>, <c>Events</c> (also what starts, stops and changes) or <c>Details</c> (also each connection). Default Events;
    /// <c>--quiet</c> and <c>--verbose</c> of <c>serve</c> stand over it.
    /// </summary>
    [EnumDataType(typeof(HostVerbosity))]
    public HostVerbosity Verbosity { get; set; } = HostVerbosity.Events;

    /// <summary>
    /// How long everything together may take to stop after SIGTERM before the process ends anyway, with exit code 1. 1 s to 1 h, default 60 s: longer than
    /// calls in flight and plugins may take by their own limits.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
