namespace EdgeHost.Runtime.Devices;

/// <summary>What counts most where several devices may run a model.</summary>
public enum PlacementMode
{
    /// <summary>The preferred kind, unless another finishes clearly earlier (<see cref="DeviceOptions.PlacementGain"/>).</summary>
    Preference = 0,

    /// <summary>The earliest predicted finish, whatever is preferred.</summary>
    Latency = 1,

    /// <summary>NPU before GPU before processor in place of the model's own order, unless the deadline would be missed; what a policy prefers still comes first.</summary>
    Efficiency = 2,
}
