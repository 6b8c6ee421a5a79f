using System.Globalization;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;

namespace EdgeHost.Host.Diagnostics;

/// <summary>Runs the engine's own tiny graph on each device, in this process. A device that does not come back is reported and left behind.</summary>
internal static class DeviceSelfTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public static async Task<DoctorCheck> RunAsync(IInferenceEngine engine, IDeviceDirectory directory, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceDescription> devices;
        try
        {
            devices = directory.Devices;
        }
        catch (EdgeHostException)
        {
            return new DoctorCheck("self-test", DoctorStatus.Broken, "no device can be tested", "The line 'devices' says why.");
        }

        var results = new List<(string Text, bool Works)>();
        foreach (var device in devices) results.Add(await RunAsync(engine, device, cancellationToken).ConfigureAwait(false));
        var finding = string.Join(", ", results.Select(result => result.Text));
        return results.TrueForAll(result => result.Works)
            ? new DoctorCheck("self-test", DoctorStatus.Ok, finding)
            : new DoctorCheck(
                "self-test",
                results.Exists(result => result.Works) ? DoctorStatus.Warning : DoctorStatus.Broken,
                finding,
                "A device that fails is taken out and its work moves on; look at its driver and at OnnxRuntime:ProviderLibraries.");
    }

    private static async Task<(string Text, bool Works)> RunAsync(IInferenceEngine engine, DeviceDescription device, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Limit);
        try
        {
            await Task.Run(() => engine.SelfTest(device, stop.Token), cancellationToken).WaitAsync(Limit, cancellationToken).ConfigureAwait(false);
            return (string.Create(CultureInfo.InvariantCulture, $"{device.Id} works ({TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:F0} ms)"), true);
        }
        catch (EdgeHostException e)
        {
            return ($"{device.Id} fails: {e.Message}", false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (string.Create(CultureInfo.InvariantCulture, $"{device.Id} does not answer within {Limit.TotalSeconds:F0} s"), false);
        }
    }
}
