namespace EdgeHost.Runtime.Devices;

/// <summary>What a plan depends on, apart from the machine's devices.</summary>
internal readonly record struct PlacementKey(string Model, string Version, DevicePolicy? AppPolicy, bool IsEfficient);
