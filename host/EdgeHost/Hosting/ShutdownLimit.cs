using EdgeHost.Host.Cli;
using Microsoft.Extensions.Hosting;

namespace EdgeHost.Host.Hosting;

/// <summary>
/// Ends the process when its stop takes longer than <see cref="HostOperationOptions.ShutdownTimeout"/>, counted from the signal: each part has a limit of its
/// own, but a driver or a library that blocks in its disposal knows none. Disposed when the stop is done.
/// </summary>
internal sealed class ShutdownLimit : IDisposable
{
    /// <summary>The part of the limit in which services may end by themselves; the rest is for what is disposed after them.</summary>
    private const double ServicesShare = 0.8;

    private CancellationTokenRegistration _stopping;
    private ITimer? _timer;

    /// <summary>What the host gives its services out of the whole limit.</summary>
    public static TimeSpan ForServices(TimeSpan limit) => limit * ServicesShare;

    /// <summary>Begins to wait for the host's stop. Called once.</summary>
    public void Watch(IHostApplicationLifetime lifetime, TimeSpan limit, TimeProvider time)
        => _stopping = lifetime.ApplicationStopping.Register(
            () => _timer = time.CreateTimer(static limit => End((TimeSpan)limit!), limit, limit, Timeout.InfiniteTimeSpan));

    public void Dispose()
    {
        // Waits for a start that is under way, so that no timer is left behind.
        _stopping.Dispose();
        _timer?.Dispose();
    }

    private static void End(TimeSpan limit)
    {
        // Not through the log, whose queue would end with the process.
        Console.Error.WriteLine($"The host did not stop within {limit}; the process ends now, and what still runs ends with it.");
        Environment.Exit(ExitCodes.Error);
    }
}
