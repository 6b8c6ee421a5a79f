using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.PluginHost.Registry;

/// <summary>
/// Looks for plugins at start and then at every interval. Polling, because file watchers lose events, differ between systems and see
/// each half-written file; one look at a handful of folders costs well under a millisecond.
/// </summary>
internal sealed class PluginScanService(
    PluginRegistry registry,
    IOptions<PluginHostOptions> options,
    TimeProvider time,
    ILogger<PluginScanService> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Finds the plugins that are there, so that their methods are known before the first connection.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Scan();
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await registry.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.ScanInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false)) Scan();
        }
        catch (OperationCanceledException)
        {
            logger.LogDebug("The search for plugins has ended.");
        }
    }

    private void Scan()
    {
        try
        {
            registry.Scan();
        }
#pragma warning disable CA1031 // The boundary of the loop: a directory that cannot be read now may be readable at the next look.
        catch (Exception ex)
#pragma warning restore CA1031
        {
            logger.LogError(ex, "A look at the plugin directories failed; the next one follows in {Interval}.", options.Value.ScanInterval);
        }
    }
}
