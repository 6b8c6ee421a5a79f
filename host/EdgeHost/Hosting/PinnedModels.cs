using EdgeHost.Runtime;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Hosting;

/// <summary>
/// Pins the models that the configuration names, beside the start: the socket does not wait for it. One that cannot be loaded, for example because it was not
/// pulled yet, is tried again after growing pauses.
/// </summary>
internal sealed class PinnedModels(IModelPool pool, IOptions<EdgeHostRuntimeOptions> options, TimeProvider time, ILogger<PinnedModels> logger) : BackgroundService
{
    /// <summary>Whose pins they are, wherever memory is explained.</summary>
    public const string Owner = "configuration";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var open = options.Value.Pool.Pins.ToList();
        var pause = FirstPause;
        while (open.Count > 0)
        {
            foreach (var model in open.ToArray())
            {
                if (await TryPinAsync(model, isFirst: pause == FirstPause, stoppingToken).ConfigureAwait(false)) open.Remove(model);
            }

            if (open.Count == 0) return;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<bool> TryPinAsync(string model, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            await pool.PinAsync(model, Owner, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EdgeHostException e)
        {
            // Once is enough for the log; `edgehost explain` has every try.
            if (isFirst) logger.LogWarning("{Model} cannot be pinned as the configuration asks; it is tried again. {Problem}", model, e.Message);
            return false;
        }
    }
}
