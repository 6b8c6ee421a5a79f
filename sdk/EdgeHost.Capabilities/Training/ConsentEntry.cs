using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>What the device's owner said to a purpose.</summary>
/// <param name="Purpose">The purpose.</param>
/// <param name="Granted">Whether examples may be recorded for it.</param>
/// <param name="SinceMs">Since when, in milliseconds since 1970, UTC.</param>
[WireMessage]
public sealed partial record ConsentEntry(string Purpose, bool Granted, long SinceMs);
