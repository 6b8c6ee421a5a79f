namespace EdgeHost.Runtime.Devices;

/// <summary>The answer to a <see cref="PlacementRequest"/>. Immutable.</summary>
/// <param name="Device">Where to run.</param>
/// <param name="Why">Why there, in words for a person, beginning with the device's id and a colon; what <c>$/info</c> and <c>edgehost explain</c> show.</param>
/// <param name="HasChoice">Whether another usable device was allowed too.</param>
public sealed record Placement(DeviceDescription Device, string Why, bool HasChoice);
