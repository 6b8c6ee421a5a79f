namespace EdgeHost.Runtime.Devices;

/// <summary>What a plan depends on, apart from the machine's devices. The options are compared by reference: other ones have plans of their own.</summary>
internal readonly record struct PlacementKey(DeviceOptions Options, string Model, string Version, DevicePolicy? AppPolicy, bool IsEfficient);
