using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Models;

/// <content>Tiny inferences on resident models, for health checks: one after the other on a device, the devices side by side.</content>
internal sealed partial class ModelPool
{
    public async ValueTask<IReadOnlyList<ModelProbeResult>> ProbeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ModelEntry[] entries;
        lock (_gate)
        {
            entries = [.. _entries.Values.Where(entry => entry.State == ModelState.Resident)];
        }

        var results = await Task.WhenAll(entries.GroupBy(entry => entry.Device.Id, StringComparer.Ordinal)
            .Select(group => ProbeDeviceAsync([.. group], timeout, cancellationToken))).ConfigureAwait(false);
        return [.. results.SelectMany(list => list).OrderBy(result => result.Model, StringComparer.Ordinal).ThenBy(result => result.Device, StringComparer.Ordinal)];
    }

    private async Task<List<ModelProbeResult>> ProbeDeviceAsync(ModelEntry[] entries, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var results = new List<ModelProbeResult>(entries.Length);
        string? silent = null;
        foreach (var entry in entries)
        {
            if (silent is not null)
            {
                // Waiting for each model of a device that does not answer would take for ever.
                results.Add(new ModelProbeResult(entry.Name, entry.Device.Id, ModelProbeOutcome.NoAnswer, TimeSpan.Zero, $"not asked: {silent} did not answer on the same device"));
            }
            else if (TryHold(entry))
            {
                var result = await ProbeAsync(entry, timeout, cancellationToken).ConfigureAwait(false);
                if (result.Outcome == ModelProbeOutcome.NoAnswer) silent = entry.Name;
                results.Add(result);
            }
        }

        return results;
    }

    // A probe is no use: it does not touch the rank, and its reference ends with its step. False if the model left meanwhile.
    private bool TryHold(ModelEntry entry)
    {
        lock (_gate)
        {
            if (entry.State != ModelState.Resident) return false;
            entry.References++;
            return true;
        }
    }

    // Gives the reference back: at once, or when a step that was given up has ended.
    private async Task<ModelProbeResult> ProbeAsync(ModelEntry entry, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        Task<ModelProbeResult>? probe = null;
        try
        {
            using var limit = new CancellationTokenSource(timeout, _time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            probe = RunProbeAsync(entry, started, linked.Token);
            return await probe.WaitAsync(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ModelProbeResult(entry.Name, entry.Device.Id, ModelProbeOutcome.NoAnswer, _time.GetElapsedTime(started), $"no answer within {timeout.TotalSeconds:0.#} s");
        }
        finally
        {
            if (probe is null || probe.IsCompleted) Release(entry);
            else _ = ReleaseAfterAsync(entry, probe);
        }
    }

    private async Task<ModelProbeResult> RunProbeAsync(ModelEntry entry, long started, CancellationToken cancellationToken)
    {
        // Off the caller's thread: the engine may take a while to make the step.
        await Task.Yield();
        ModelStep? step = null;
        try
        {
            step = entry.Session!.CreateProbe();
            if (step is null) return new ModelProbeResult(entry.Name, entry.Device.Id, ModelProbeOutcome.NotKnown, TimeSpan.Zero, Error: null);
            var completion = await Scheduler.RunAsync(
                new StepRequest
                {
                    Device = entry.Device,
                    Session = entry.Session,
                    Step = step,
                    Model = entry.Name,
                    App = AppIdentity.Host,
                    Priority = CallPriority.Interactive,
                },
                cancellationToken).ConfigureAwait(false);
            foreach (var output in completion.Outputs)
            {
                output.Dispose();
            }

            return new ModelProbeResult(entry.Name, entry.Device.Id, ModelProbeOutcome.Answered, _time.GetElapsedTime(started), Error: null);
        }
        catch (EdgeHostException e)
        {
            if (e is Devices.DeviceFaultException { RunEnded: { } ended }) await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new ModelProbeResult(entry.Name, entry.Device.Id, ModelProbeOutcome.Failed, _time.GetElapsedTime(started), e.Message);
        }
        finally
        {
            foreach (var input in step?.Inputs ?? [])
            {
                input.Value.Dispose();
            }
        }
    }
}
