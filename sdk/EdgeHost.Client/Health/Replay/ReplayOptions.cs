namespace EdgeHost.Client.Health.Replay;

/// <summary>How a record is replayed. Immutable.</summary>
public sealed record ReplayOptions
{
    /// <summary>The least speed: that of life.</summary>
    public const double LeastSpeed = 1;

    /// <summary>The most: a day in less than a second. Beyond it the host sets the pace.</summary>
    public const double MostSpeed = 100_000;

    /// <summary>How many times as fast as it was recorded, 1 to 100,000; default 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Time of the record that is sent at once, 10 ms to 1 minute; default 1 s.</summary>
    public TimeSpan Chunk { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock that paces it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check()
    {
        if (Speed is not (>= LeastSpeed and <= MostSpeed)) throw new ArgumentOutOfRangeException(nameof(Speed), Speed, $"The speed is {LeastSpeed} to {MostSpeed}.");
        if (Chunk < TimeSpan.FromMilliseconds(10) || Chunk > TimeSpan.FromMinutes(1)) throw new ArgumentOutOfRangeException(nameof(Chunk), Chunk, "A chunk is 10 ms to 1 minute.");
    }
}
