namespace EdgeHost.Client.Health.Sensors;

/// <summary>How <see cref="SensorRecorder"/> sends what a sensor gives. Immutable.</summary>
public sealed record SensorRecorderOptions
{
    /// <summary>Whose readings they are.</summary>
    public string Person { get; init; } = "self";

    /// <summary>The time zone of the sensor's clock, in minutes east of UTC, -1080 to 1080; needed where its values have times.</summary>
    public int? UtcOffsetMinutes { get; init; }

    /// <summary>Which of the sensor's users the person is, 0 to 254, or null for all.</summary>
    public int? UserId { get; init; }

    /// <summary>Most values of one call, 1 to 10,000; default 100.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>How long a value waits for others before it is sent, 0 to 10 minutes; default 1 s. Alerts wait with it.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before a call that the host could not serve is made again, 10 ms to 10 minutes, where the host does not say; default 1 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
