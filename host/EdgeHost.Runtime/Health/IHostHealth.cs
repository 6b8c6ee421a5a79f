namespace EdgeHost.Runtime.Health;

/// <summary>Tells whether work gets done, by doing some. Thread-safe; concurrent checks share one.</summary>
public interface IHostHealth
{
    /// <summary>
    /// Looks at the oldest step in flight of each device and, where asked, runs a tiny real inference on each usable device and each resident model
    /// through the scheduler, for a bounded time.
    /// </summary>
    /// <param name="probe">Whether to run inferences; false only looks.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<HealthReport> CheckAsync(bool probe, CancellationToken cancellationToken);
}
