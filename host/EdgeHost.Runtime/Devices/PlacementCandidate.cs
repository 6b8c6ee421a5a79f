namespace EdgeHost.Runtime.Devices;

/// <summary>A device that the policies allow for a model. Immutable.</summary>
/// <param name="Device">The device.</param>
/// <param name="Rank">Place of its kind in the order of preference, 0 first; avoided kinds last.</param>
/// <param name="IsAvoided">Whether it serves only where nothing else is usable.</param>
/// <param name="Why">Why a model runs there, apart from what was passed over.</param>
internal sealed record PlacementCandidate(DeviceDescription Device, int Rank, bool IsAvoided, string Why);
