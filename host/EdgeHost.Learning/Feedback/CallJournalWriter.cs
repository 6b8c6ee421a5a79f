using EdgeHost.Learning.Drift;
using Microsoft.Extensions.Hosting;

namespace EdgeHost.Learning.Feedback;

/// <summary>Writes answers and drift some time after they happened, so that no answer waits for the disk; the rest when the host stops.</summary>
internal sealed class CallJournalWriter(CallJournal journal, DriftMonitor drift, TimeProvider time) : BackgroundService
{
    /// <summary>How often it looks for calls to write.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int RoundsPerDrift = 60;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await journal.FlushAsync(cancellationToken).ConfigureAwait(false);
        await drift.SaveAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false); round++)
        {
            await journal.FlushAsync(stoppingToken).ConfigureAwait(false);
            if (round % RoundsPerDrift == 0) await drift.SaveAsync(stoppingToken).ConfigureAwait(false);
        }
    }
}
