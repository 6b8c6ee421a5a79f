namespace EdgeHost.Runtime.Devices;

/// <summary>What an integrator says of the devices for a model or an app. Kinds that are not named are allowed after the preferred ones.</summary>
public sealed class DevicePolicy
{
    /// <summary>Only these kinds; a call fails where the machine has none of them or all are out of order. Empty: no requirement.</summary>
    public IList<DeviceKind> Require { get; } = [];

    /// <summary>These kinds first, best first, in place of the model's own order. Empty: the model's own.</summary>
    public IList<DeviceKind> Prefer { get; } = [];

    /// <summary>These kinds only where nothing else is usable.</summary>
    public IList<DeviceKind> Avoid { get; } = [];
}
