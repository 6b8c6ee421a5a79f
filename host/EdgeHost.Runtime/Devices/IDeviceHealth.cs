namespace EdgeHost.Runtime.Devices;

/// <summary>
/// Keeps each device's health from what happened on it: a device that fails is taken out, probed with growing pauses, and brought back. Thread-safe;
/// <see cref="StepSucceeded"/> and <see cref="IsUsable"/> are on the hot path and take no lock while a device is healthy.
/// </summary>
public interface IDeviceHealth
{
    /// <summary>
    /// Calls the handler after a device changed its state; outside all locks, on the thread that caused it. Handlers return soon and do not throw.
    /// </summary>
    /// <param name="handler">Whom to call.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    IDisposable OnChange(Action<DeviceHealth> handler);

    /// <summary>Whether work may be sent to the device. Unknown devices are usable.</summary>
    /// <param name="device">The device's id.</param>
    bool IsUsable(string device);

    /// <summary>The health of one device.</summary>
    /// <param name="device">The device's id.</param>
    DeviceHealth Of(string device);

    /// <summary>The state of one device, without a copy of all that is known. Unknown devices are healthy.</summary>
    /// <param name="device">The device's id.</param>
    DeviceHealthState StateOf(string device) => Of(device).State;

    /// <summary>A step ended well on the device: clears a suspicion.</summary>
    /// <param name="device">The device's id.</param>
    void StepSucceeded(string device);

    /// <summary>The device (not the model or its inputs) failed at a load or a run.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="model">What it was loading or running, as <c>id@version</c>.</param>
    /// <param name="message">What happened, in words for a person.</param>
    void Faulted(string device, string model, string message);

    /// <summary>A run did not come back after it was told to end.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="model">What it was running.</param>
    /// <param name="running">For how long.</param>
    void Hung(string device, string model, TimeSpan running);

    /// <summary>
    /// A run or load that was reported as hung has come back after all. Call it once for each <see cref="Hung"/> whose thread returns: until then the device
    /// counts it as held, and with too many of them is not tested again.
    /// </summary>
    /// <param name="device">The device's id.</param>
    void HangEnded(string device)
    {
    }

    /// <summary>
    /// Tests an NPU or GPU that was never used, once for each start of the host; completes at once for any other. Afterwards a device that is listed but
    /// cannot compute is failed, with the reason. Takes at most <see cref="DeviceOptions.SelfTestLimit"/>.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="cancellationToken">Stops waiting; the test goes on for whoever asks next.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask PrepareAsync(DeviceDescription device, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Every device that the engine reports, in its order; none as long as nobody asked the engine, so that a look never loads it.</summary>
    IReadOnlyList<DeviceHealth> Snapshot();
}
