namespace EdgeHost.Runtime.Conditions;

/// <summary>A temperature and where it becomes too much, in degrees Celsius.</summary>
/// <param name="Name">The zone's folder and type, for a person.</param>
/// <param name="Celsius">Its temperature.</param>
/// <param name="WarmTrip">The lowest passive or hot trip point: from there the system slows itself down. Null for none.</param>
/// <param name="HotTrip">The lowest hot or critical trip point. Null for none.</param>
internal sealed record ThermalZone(string Name, double Celsius, double? WarmTrip, double? HotTrip);
