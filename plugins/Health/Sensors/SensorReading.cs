using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Sensors;

/// <summary>A reading that a sensor has sent.</summary>
/// <param name="Notification">The place of the notification that has it, from 0.</param>
/// <param name="Sample">The reading.</param>
/// <param name="Identity">What tells it from all others of the sensor whatever its time, or null.</param>
internal sealed record SensorReading(int Notification, HealthSample Sample, string? Identity);
