using EdgeHost.Runtime.Decisions;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Devices;

/// <content>The timer, self-tests, and what people are told.</content>
internal sealed partial class DeviceHealthRegistry
{
    /// <summary>What is overdue is done on the timer's thread all the same, not on that of whoever reported.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    public ValueTask PrepareAsync(DeviceDescription device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (Find(device.Id) is not { IsReady: false } record) return ValueTask.CompletedTask;
        Task test;
        TaskCompletionSource? begin = null;
        DeviceHealth? changed = null;
        var moment = Read();
        lock (record.Gate)
        {
            if (record.FirstTest is null)
            {
                // Used before it was tested: what happened there says more than a test.
                if (!record.Machine.StartFirstTest())
                {
                    record.IsReady = true;
                    return ValueTask.CompletedTask;
                }

                changed = Changed(record, moment);
                begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                record.FirstTest = begin.Task;
            }

            test = record.FirstTest;
        }

        if (begin is not null)
        {
            Tell(record, changed!);
            _ = RunFirstTestAsync(record, begin);
        }

        return new ValueTask(test.WaitAsync(cancellationToken));
    }

    private async Task RunFirstTestAsync(DeviceRecord record, TaskCompletionSource done)
    {
        var result = await TestAsync(record).ConfigureAwait(false);
        record.IsReady = true;
        done.TrySetResult();
        await WatchAsync(record, result).ConfigureAwait(false);
    }

    private async Task ProbeAsync(DeviceRecord record)
        => await WatchAsync(record, await TestAsync(record).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Runs the self-test of a device that is probing and applies its result. Does not throw: the test itself does not.</summary>
    private async Task<SelfTestResult> TestAsync(DeviceRecord record)
    {
        var result = await _tests.RunAsync(record.Device).ConfigureAwait(false);
        var text = result.Outcome == SelfTestOutcome.Passed ? $"{result.Text} in {Durations.Text(result.Time)}" : result.Text;
        Apply(record, (machine, now, _) => machine.EndTest(now, result.Outcome, text));
        return result;
    }

    /// <summary>Waits for the thread of a test that did not answer, however long; until then the device is not tested again.</summary>
    private async Task WatchAsync(DeviceRecord record, SelfTestResult result)
    {
        if (result.Outcome != SelfTestOutcome.NoAnswer) return;
        await result.Ended.ConfigureAwait(false);
        Apply(record, static (machine, now, _) =>
        {
            machine.EndStuckTest(now);
            return false;
        });
    }

    private void OnTimer()
    {
        foreach (var record in _order)
        {
            Apply(record, static (machine, now, _) => machine.Tick(now));
            DeviceHealth? changed = null;
            var moment = Read();
            lock (record.Gate)
            {
                if (record.Machine.StartTest(moment.Now)) changed = Changed(record, moment);
            }

            if (changed is null) continue;
            Tell(record, changed);
            _ = ProbeAsync(record);
        }

        Arm();
    }

    /// <summary>
    /// Sets the timer to the earliest thing to do; switches it off where there is none. Under no lock: one thread at a time does it, and whoever comes
    /// meanwhile makes it do so once more.
    /// </summary>
    private void Arm()
    {
        if (Interlocked.Increment(ref _arming) != 1) return;
        int asked;
        do
        {
            asked = Volatile.Read(ref _arming);
            if (!_isDisposed) ArmOnce();
        }
        while (Interlocked.CompareExchange(ref _arming, 0, asked) != asked);
    }

    private void ArmOnce()
    {
        TimeSpan? next = null;
        foreach (var record in _order)
        {
            lock (record.Gate)
            {
                if (record.Machine.Due is { } due && !(due >= next)) next = due;
            }
        }

        var wait = next - Read().Now;
        _timer.Change(wait is null ? Timeout.InfiniteTimeSpan : wait > ShortestWait ? wait.Value : ShortestWait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Tells subscribers; and people, once a change: a failed device that is tested in vain stays quiet as long as the reason is the same.</summary>
    private void Tell(DeviceRecord record, DeviceHealth health)
    {
        _feed.Tell();
        if (health.State == DeviceHealthState.Probing) return;
        var text = Text(health);
        lock (record.Gate)
        {
            if (record.LastTold == text) return;
            record.LastTold = text;
        }

        _decisions.Add(DecisionKind.Device, health.Device, null, text);
        if (health.State == DeviceHealthState.Healthy) _logger.LogInformation("Device {Device} {Text}.", health.Device, text);
        else _logger.LogWarning("Device {Device} {Text}.", health.Device, text);
    }

    private static string Text(DeviceHealth health) => health.State switch
    {
        DeviceHealthState.Failed => $"is taken out: {health.Reason}",
        DeviceHealthState.Suspect => $"is suspect: {health.Reason}",
        _ when health.Reason.Length == 0 => "works: it passed the self-test before its first use",
        _ => $"is healthy again: {health.Reason}",
    };
}
