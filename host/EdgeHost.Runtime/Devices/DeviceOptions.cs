using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Runtime.Devices;

/// <summary>Settings of the devices: who may use which, how one is chosen, and when one is taken out and tested.</summary>
public sealed class DeviceOptions
{
    /// <summary>Policies by model id. Default none.</summary>
    public IDictionary<string, DevicePolicy> Models { get; } = new Dictionary<string, DevicePolicy>(StringComparer.Ordinal);

    /// <summary>Policies by app name; what an app's policy says stands over its models'. Default none.</summary>
    public IDictionary<string, DevicePolicy> Apps { get; } = new Dictionary<string, DevicePolicy>(StringComparer.Ordinal);

    /// <summary>Bytes of memory by device id where the engine cannot tell. Each at least 1; default none.</summary>
    public IDictionary<string, long> MemoryBytes { get; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>What counts most where several devices may run a model. Default <see cref="PlacementMode.Preference"/>.</summary>
    [EnumDataType(typeof(PlacementMode))]
    public PlacementMode Mode { get; set; } = PlacementMode.Preference;

    /// <summary>The same while the machine runs from a battery. Default <see cref="PlacementMode.Efficiency"/>: an NPU takes the least energy a step.</summary>
    [EnumDataType(typeof(PlacementMode))]
    public PlacementMode ModeOnBattery { get; set; } = PlacementMode.Efficiency;

    /// <summary>
    /// How many times earlier another kind must finish to be chosen over the preferred one. 1 to 100, default 1.5: predictions of short steps are off by
    /// that much on a busy machine, and a model that is moved for less takes memory on two devices for nothing.
    /// </summary>
    [Range(1.0, 100.0)]
    public double PlacementGain { get; set; } = 1.5;

    /// <summary>How much earlier it must finish at the least. 0 to 10 s, default 2 ms: less is noise of the clock and of the threads.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan PlacementGainMinimum { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// Over how many uses the load onto the preferred kind is spread when it is compared with another kind. 1 to 10,000, default 100: without it a model
    /// that is slow to load on an NPU would never come to run there.
    /// </summary>
    [Range(1, 10_000)]
    public int LoadUses { get; set; } = 100;

    /// <summary>
    /// Faults within <see cref="FaultWindow"/> that take a device out. 1 to 1,000, default 3: one fault may be chance, three are not. The processor is never
    /// taken out by faults, since everything falls back to it.
    /// </summary>
    [Range(1, 1_000)]
    public int FaultLimit { get; set; } = 3;

    /// <summary>
    /// How long a fault counts. Also how long a device is on trial after it came back: the first fault takes it out again. 1 s to 1 h, default 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FaultWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Steps in a row that must end well to clear a suspicion, and not before <see cref="ProbePause"/> after the fault. 1 to 100,000, default 10.</summary>
    [Range(1, 100_000)]
    public int ClearingSuccesses { get; set; } = 10;

    /// <summary>Pause before the first self-test of a device that was taken out. 100 ms to 1 h, default 2 s: what a driver needs to reset.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ProbePause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause doubles up to this. 100 ms to 1 day, not below <see cref="ProbePause"/>; default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan ProbePauseLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a self-test may take. 100 ms to 10 min, default 10 s: some providers compile even a tiny graph for seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SelfTestLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs that may hang on an NPU or GPU at once; with as many it is not tested before one has ended. 1 to 64, default 3: each holds a thread and the
    /// memory of its model.
    /// </summary>
    [Range(1, 64)]
    public int HangLimit { get; set; } = 3;

    /// <summary>
    /// Whether an NPU or GPU is tested before the first model is placed on it, once for each start of the host. Default true: a device that is listed but
    /// cannot compute then never fails a call.
    /// </summary>
    public bool TestBeforeFirstUse { get; set; } = true;
}
