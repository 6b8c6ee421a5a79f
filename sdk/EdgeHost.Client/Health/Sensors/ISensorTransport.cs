using EdgeHost.Capabilities.Health;

namespace EdgeHost.Client.Health.Sensors;

/// <summary>The way to one Bluetooth sensor: a platform's Bluetooth stack, a gateway, or a recording. EdgeHost decodes and keeps what comes; this only carries it.</summary>
public interface ISensorTransport
{
    /// <summary>The sensor's name or address, 1 to 128 characters; it is the readings' source, so it must not change from one connection to the next.</summary>
    string Device { get; }

    /// <summary>Subscribes to the sensor's measurement characteristics and gives each value as it comes.</summary>
    /// <param name="cancellationToken">Ends the subscription.</param>
    /// <returns>The values; the sequence ends when the sensor goes away. Read once at a time.</returns>
    IAsyncEnumerable<SensorNotification> ReadAllAsync(CancellationToken cancellationToken);
}
