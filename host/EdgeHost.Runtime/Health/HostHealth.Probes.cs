using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Health;

/// <content>Tiny inferences on devices and models.</content>
internal sealed partial class HostHealth
{
    /// <summary>What the self-test is called where a model's name stands otherwise.</summary>
    private const string SelfTestName = "the health check";

    private async Task<HealthFinding> TestAsync(DeviceLook look, TimeSpan left)
    {
        if (!look.MayBeTested) return look.Finding;
        var device = look.Device;
        var test = _tests.RunAsync(device);
        Watch(device, test);
        SelfTestResult result;
        try
        {
            result = await test.WaitAsync(left, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new HealthFinding(device.Id, HostHealthState.Stuck, $"its self-test has not answered within {Durations.Text(left)}");
        }

        return result.Outcome switch
        {
            SelfTestOutcome.Passed => look.Finding with { Text = $"{look.Finding.Text}; {result.Text} in {Durations.Text(result.Time)}" },
            SelfTestOutcome.NoAnswer => new HealthFinding(device.Id, HostHealthState.Stuck, result.Text),
            _ => new HealthFinding(device.Id, device.Kind == DeviceKind.Cpu ? HostHealthState.Stuck : HostHealthState.Degraded, result.Text),
        };
    }

    /// <summary>Sees to it that the registry hears of a test that goes wrong, once a test however many checks share it.</summary>
    private void Watch(DeviceDescription device, Task<SelfTestResult> test)
    {
        lock (_gate)
        {
            if (!_tested.Add(device.Id)) return;
        }

        _ = ReportEndAsync(device, test);
    }

    private async Task ReportEndAsync(DeviceDescription device, Task<SelfTestResult> test)
    {
        var result = await test.ConfigureAwait(false);
        if (result.Outcome == SelfTestOutcome.Failed) _health.Faulted(device.Id, SelfTestName, result.Text);
        if (result.Outcome == SelfTestOutcome.NoAnswer)
        {
            _health.Hung(device.Id, SelfTestName, result.Time);
            await result.Ended.ConfigureAwait(false);
            _health.HangEnded(device.Id);
        }

        lock (_gate)
        {
            _tested.Remove(device.Id);
        }
    }

    private async Task<IReadOnlyList<HealthFinding>> ProbeModelsAsync(TimeSpan left)
    {
        using var stop = new CancellationTokenSource(left, _time);
        var token = stop.Token;

        // Each model gets a little less than the whole, so that one which does not answer is named rather than missed. Not on this thread: the pool may block.
        var probe = Task.Run(() => _pool.ProbeAsync(left * 0.8, token).AsTask(), CancellationToken.None);
        try
        {
            return [.. (await probe.WaitAsync(left, _time, CancellationToken.None).ConfigureAwait(false)).Select(Judge)];
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            _ = LogLateAsync(probe);
            return [new HealthFinding("models", HostHealthState.Degraded, $"the resident models did not all answer within {Durations.Text(left)}")];
        }
        catch (EdgeHostException e)
        {
            return [new HealthFinding("models", HostHealthState.Degraded, $"the resident models could not be tried: {e.Message}")];
        }
    }

    private async Task LogLateAsync(Task probe)
    {
        try
        {
            await probe.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary to a probe that nobody waits for any more. Logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogDebug(e, "A probe of the models that was given up has ended.");
        }
    }

    private static HealthFinding Judge(ModelProbeResult result)
    {
        var subject = $"{result.Model} on {result.Device}";
        return result.Outcome switch
        {
            ModelProbeOutcome.Answered => new(subject, HostHealthState.Ready, $"answered in {Durations.Text(result.Time)}"),
            ModelProbeOutcome.NotKnown => new(subject, HostHealthState.Ready, "resident; nothing ran on it yet, so no inputs are known to try it with"),
            ModelProbeOutcome.NoAnswer => new(subject, HostHealthState.Degraded, result.Error ?? $"no answer for {Durations.Text(result.Time)}"),
            _ => new(subject, HostHealthState.Degraded, result.Error ?? "failed"),
        };
    }
}
