using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Feedback;
using EdgeHost.Learning.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning;

/// <summary>Removes what has been kept for long enough, and files that nobody needs: in small pieces, so that recording goes on meanwhile.</summary>
internal sealed class LearningUpkeep(
    LearningDatabase database, ExampleStore examples, CallJournal journal, IOptions<LearningOptions> options, TimeProvider time, ILogger<LearningUpkeep> logger)
    : BackgroundService
{
    private long _failuresSeen = -1;

    /// <summary>One round.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // A device that records nothing has no database, and upkeep makes none.
        if (!database.Exists) return;
        try
        {
            var expired = await examples.ExpireAsync(cancellationToken).ConfigureAwait(false);
            await journal.ExpireAsync(cancellationToken).ConfigureAwait(false);
            await examples.RemoveUnusedFilesAsync(cancellationToken).ConfigureAwait(false);

            // The last run of the host may have ended in the middle of a recording, and so may a commit of this one.
            var failures = database.Failures;
            var unknown = failures == _failuresSeen ? 0 : await examples.RemoveUnknownFilesAsync(cancellationToken).ConfigureAwait(false);
            _failuresSeen = failures;
            if (expired + unknown > 0) logger.LogInformation("{Examples} examples were kept for long enough and are deleted, {Files} files belonged to none.", expired, unknown);
        }
        catch (EdgeHostException e)
        {
            logger.LogWarning("The upkeep of examples did not end ({Problem}); it is tried again in {Interval}.", e.Message, options.Value.UpkeepInterval);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.UpkeepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await RunOnceAsync(stoppingToken).ConfigureAwait(false);
    }
}
