using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Jobs;

/// <content>Doing jobs: which is next, and how each ends.</content>
public sealed partial class JobService
{
    // How many jobs are under way. A task is complete only after its last line has run, which is after it has woken the loop:
    // a loop that counted tasks could find the last one not complete yet, and wait for good.
    private int _underWay;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                running.RemoveAll(static task => task.IsCompleted);
                while (Volatile.Read(ref _underWay) < _options.Running && Next() is { } entry) running.Add(DoAsync(entry, stoppingToken));
                await _wake.WaitAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task DoAsync(JobEntry entry, CancellationToken stopping)
    {
        Interlocked.Increment(ref _underWay);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            entry.Begin(stop);
            _decisions.Began(entry.Record);
            await Task.Yield();
            await _worker.RunAsync(entry, stop.Token).ConfigureAwait(false);
            End(entry, JobState.Done, string.Empty);
        }
        catch (Exception) when (entry.IsCancelled)
        {
            End(entry, JobState.Cancelled, entry.WhyCancelled);
        }
        catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or EdgeHostException { Code: ErrorCode.Unavailable })
        {
            // It goes on with the next host.
            TryWrite(entry.Record);
        }
        catch (EdgeHostException e)
        {
            End(entry, JobState.Failed, e.Message);
        }
#pragma warning disable CA1031 // The end of a background task: a fault there must end this job, not the host. Logged here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "The job {Job} of {App} failed unexpectedly.", entry.Record.Id, entry.Record.App);
            End(entry, JobState.Failed, "The job failed unexpectedly; the host's log has the cause.");
        }
        finally
        {
            entry.End();
            Interlocked.Decrement(ref _underWay);
            if (!stopping.IsCancellationRequested) _wake.Release();
        }
    }

    private void End(JobEntry entry, JobState state, string reason)
    {
        var record = entry.Record with { State = state, Reason = reason, Ended = _time.GetUtcNow() };
        TryWrite(record);

        // What a run that failed had learned stays until its job is forgotten.
        if (state != JobState.Failed) _store.RemoveCheckpoints(record.Id);
        if (state == JobState.Failed) _logger.LogWarning("The job {Job} of {App} failed: {Problem}", record.Id, record.App, reason);
        entry.Update(_ => record);
        _decisions.Ended(record);
    }

    private void TryWrite(JobRecord record)
    {
        try
        {
            _store.Write(record);
        }
        catch (EdgeHostException e)
        {
            // It is done again by the next host, from its last checkpoint.
            _logger.LogWarning("The state of the job {Job} could not be written: {Problem}", record.Id, e.Message);
        }
    }

    // The app whose last job began longest ago goes first, then the oldest job.
    private JobEntry? Next()
    {
        lock (_gate)
        {
            var jobs = Jobs();
            var lastOf = jobs.Values.Select(static entry => entry.Record).GroupBy(static record => record.Owner).ToDictionary(static group => group.Key, static group => group.Max(static record => record.Started));
            var next = jobs.Values.Where(static entry => entry.Record.State == JobState.Queued && !entry.IsCancelled)
                .OrderByDescending(static entry => entry.Record.Started is not null)
                .ThenBy(entry => lastOf[entry.Record.Owner] ?? DateTimeOffset.MinValue).ThenBy(static entry => entry.Record.Created).ThenBy(static entry => entry.Record.Id, StringComparer.Ordinal)
                .FirstOrDefault();
            next?.Update(now => now with { State = JobState.Running, Started = now.Started ?? _time.GetUtcNow() });
            return next;
        }
    }
}
